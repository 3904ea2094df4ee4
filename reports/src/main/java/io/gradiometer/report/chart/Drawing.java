package io.gradiometer.report.chart;

import java.awt.AWTError;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.apiguardian.api.API;

/** A plot, or the reason why there is none. */
@API(status = API.Status.INTERNAL)
public sealed interface Drawing {

    /**
     * A plot.
     *
     * @param svg an element to be placed in a page
     */
    record Drawn(String svg) implements Drawing {}

    /**
     * The run has nothing that this plot could show.
     *
     * @param why one sentence
     */
    record Nothing(String why) implements Drawing {}

    /**
     * This machine cannot draw.
     *
     * @param why what is wrong and what to install
     */
    record Failed(String why) implements Drawing {}

    /** Draws; whatever goes wrong costs the plot, never the page. */
    static Drawing attempt(Supplier<Drawing> work) {
        try {
            return work.get();
        } catch (RuntimeException | LinkageError | InternalError | AWTError e) {
            // Java's font and window code throws all of these on machines without fonts or without a display.
            return new Failed(reason(e));
        }
    }

    private static String reason(Throwable trouble) {
        String kind = " (" + trouble.getClass().getSimpleName() + ": " + trouble.getMessage() + ")";
        if (trouble instanceof AWTError) {
            return "The display of this machine cannot be reached: run Java with -Djava.awt.headless=true." + kind;
        } else if (isAboutFonts(trouble)) {
            return "This machine has no fonts that Java could use: install fontconfig and a font, on Debian and Ubuntu with"
                    + " 'apt-get install fontconfig fonts-dejavu-core'." + kind;
        }
        return "Java could not draw on this machine" + kind;
    }

    private static boolean isAboutFonts(Throwable trouble) {
        String message = String.valueOf(trouble.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("font")
                || Arrays.stream(trouble.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().startsWith("sun.font.")
                                || frame.getClassName().startsWith("sun.awt.FontConfiguration")
                                || frame.getClassName().startsWith("sun.awt.FcFontConfiguration"));
    }
}
