package io.gradiometer.report.chart;

import java.awt.Color;
import java.util.Locale;
import org.apiguardian.api.API;

/** The colour scale viridis (van der Walt and Smith, 2015): even to the eye, also to eyes that see fewer colours. */
@API(status = API.Status.INTERNAL)
public final class Viridis {

    private static final int[] KNOTS = {
        0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151, 0xbddf26, 0xfde725
    };

    private Viridis() {}

    /** Returns the colour at a place between 0 and 1. */
    static Color at(double place) {
        double x = Math.max(0, Math.min(1, place)) * (KNOTS.length - 1);
        int below = Math.min((int) x, KNOTS.length - 2);
        double share = x - below;
        Color from = new Color(KNOTS[below]);
        Color to = new Color(KNOTS[below + 1]);
        return new Color(
                mix(from.getRed(), to.getRed(), share),
                mix(from.getGreen(), to.getGreen(), share),
                mix(from.getBlue(), to.getBlue(), share));
    }

    private static int mix(int from, int to, double share) {
        return (int) Math.round(from + share * (to - from));
    }

    static String hex(Color color) {
        return String.format(Locale.ROOT, "#%06x", color.getRGB() & 0xffffff);
    }

    /** Returns style rules for the shades of depth, without the end of the scale that the background would swallow. */
    public static String depthVariables(boolean onDark) {
        double from = onDark ? 0.4 : 0;
        double to = onDark ? 1 : 0.62;
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i < Ink.DEPTHS; i++) {
            double place = from + (to - from) * i / (Ink.DEPTHS - 1);
            rules.append("--d").append(i).append(':').append(hex(at(place))).append(';');
        }
        return rules.toString();
    }
}
