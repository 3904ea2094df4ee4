package io.gradiometer.detector;

import io.gradiometer.signal.Step;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * The signal that reaches one layer, and how far it moves, over the whole run and over its beginning.
 *
 * <p>Once the output has settled on a constant, the signals of a batch cancel near the output, and a profile that had faded
 * looks level. At the beginning they do not yet.
 */
final class DepthTrack {

    private static final int BEGINNING = 16;

    final LayerTrack layer;
    final Profile whole = new Profile();
    final Profile beginning = new Profile();
    private int steps;

    DepthTrack(LayerTrack layer) {
        this.layer = layer;
    }

    /** Signal and steps over some stretch of the run; NaN where nothing was measured. */
    static final class Profile {
        private final Blocks signals = new Blocks();
        private final Blocks ratios = new Blocks();

        /** Returns the median of log10 of the signal. */
        double signal() {
            return median(signals);
        }

        double ratio() {
            return median(ratios);
        }

        boolean hasSignals(int atLeast) {
            return signals.finiteBlocks() >= atLeast;
        }

        private static double median(Blocks blocks) {
            double[] means = blocks.means();
            return means.length == 0 ? Double.NaN : new Median().evaluate(means);
        }
    }

    void step(Step step) {
        layer.step(step);
        if (!step.full()) {
            return;
        }
        add(whole, step);
        if (steps++ < BEGINNING) {
            add(beginning, step);
        }
    }

    private void add(Profile profile, Step step) {
        profile.signals.add(step.iteration(), Math.log10(layer.of(step).signal()));
        profile.ratios.add(step.iteration(), layer.of(step).updateRatio(layer.view));
    }
}
