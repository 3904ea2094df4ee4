package io.gradiometer.maven;

import java.nio.file.Path;
import java.util.List;

/** Says that nothing was observed, and why that may be: silence is not health. */
final class NoRuns {

    private static final List<String> LIKELY_REASONS = List.of(
            "no test watches a network: no @Diagnosed test calls recorder.watch(model), no model has a"
                    + " GradiometerListener, no agent is attached",
            "where the agent is used: Surefire's own <argLine> leaves it out, or forkCount=0 leaves no JVM to attach to",
            "the tests write elsewhere: gradiometer.output is not the same for tests and goal",
            "the networks are trained by another version of Deeplearning4j than the one supported");

    private NoRuns() {}

    /** Explains an empty output folder. */
    static String explain(Path output, boolean testsSkipped) {
        List<String> reasons = testsSkipped ? List.of("the tests were skipped") : LIKELY_REASONS;
        String separator = System.lineSeparator() + "  - ";
        return "No training run was recorded in " + output + ", so none was judged. Likely reasons:" + separator
                + String.join(separator, reasons);
    }
}
