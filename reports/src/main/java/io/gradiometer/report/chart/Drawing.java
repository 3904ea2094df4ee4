package io.gradiometer.report.chart;

import java.awt.AWTError;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** A plot, or the reason why there is none. */
@API(status = API.Status.INTERNAL)
public sealed interface Drawing {

    /**
     * A plot.
     *
     * @param name unique in its page
     * @param width in units of its own
     * @param height in units of its own
     * @param label what the plot says, for those who cannot see it
     * @param content what stands inside the element
     */
    record Drawn(String name, int width, int height, String label, String content) implements Drawing {

        /** Returns an element to be placed in a page, once. */
        public String svg() {
            return element("<g id=\"plot-" + name + "\">" + content + "</g>");
        }

        /** Returns an element that shows what stands elsewhere in the page, without its weight. */
        public String again() {
            return element("<use href=\"#plot-" + name + "\"/>");
        }

        private String element(String inner) {
            return "<svg class=\"plot\" viewBox=\"0 0 " + width + " " + height + "\" role=\"img\" aria-label=\""
                    + Text.escape(label) + "\">" + inner + "</svg>";
        }
    }

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
        Throwable root = trouble;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return advice(trouble) + " (" + root.getClass().getSimpleName() + ": " + root.getMessage() + ")";
    }

    private static String advice(Throwable trouble) {
        if (trouble instanceof AWTError || mentions(trouble, "GraphicsEnvironment")) {
            return "The display of this machine cannot be reached: start Java with -Djava.awt.headless=true";
        } else if (mentions(trouble, "font")) {
            return "This machine has no fonts that Java could use: install fontconfig and a font, on Debian and Ubuntu with"
                    + " 'apt-get install fontconfig fonts-dejavu-core'";
        }
        return "Java could not draw on this machine";
    }

    private static boolean mentions(Throwable trouble, String part) {
        // A class that failed once is only named in the message; NullPointerExceptions say it in their stack alone.
        return Stream.concat(
                        Stream.of(String.valueOf(trouble.getMessage())),
                        Arrays.stream(trouble.getStackTrace())
                                .limit(8)
                                .map(StackTraceElement::getClassName)
                                .filter(name -> name.startsWith("sun.")))
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT)));
    }
}
