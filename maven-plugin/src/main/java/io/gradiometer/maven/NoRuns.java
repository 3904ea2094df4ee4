package io.gradiometer.maven;

import java.nio.file.Path;
import java.util.List;

/**
 * Says that no network was observed, and why that may be: silence is not health.
 *
 * @param output where runs would lie
 * @param testsSkipped whether the build was told to skip its tests
 * @param testsThere whether there are compiled tests
 * @param testsRan whether any has left a report
 * @param agent what became of it
 * @param blindness why test plugins keep the agent out, one sentence each
 * @param remarks of JVMs whose agent stood aside
 */
record NoRuns(
        Path output,
        boolean testsSkipped,
        boolean testsThere,
        boolean testsRan,
        Agent agent,
        List<String> blindness,
        List<String> remarks) {

    /** Whether this build has put the agent into its tests' JVMs. */
    enum Agent {
        PREPARED,
        SKIPPED,
        NOT_ASKED_FOR,
        /** This build is one goal only, which finds what others have left. */
        NOT_THIS_TIME
    }

    NoRuns {
        blindness = List.copyOf(blindness);
        remarks = List.copyOf(remarks);
    }

    /** Explains it: what is certain alone, or else everything that is likely. */
    String explain() {
        List<String> reasons = reasons();
        String separator = System.lineSeparator() + "  - ";
        return "0 networks observed: no training run was recorded in " + output + ", so none was judged. "
                + (reasons.size() == 1
                        ? "The likely reason: " + reasons.get(0)
                        : "Likely reasons:" + separator + String.join(separator, reasons));
    }

    private List<String> reasons() {
        if (testsSkipped) {
            return List.of("the tests were skipped");
        } else if (!testsThere) {
            return List.of("this module has no tests");
        } else if (!remarks.isEmpty()) {
            return remarks;
        } else if (agent == Agent.NOT_THIS_TIME) {
            return List.of(
                    "the goal was called alone, and no earlier build has left a run: run the tests first, as in 'mvn verify'");
        } else if (agent == Agent.SKIPPED) {
            return List.of("prepare-agent was skipped, and no test watches a network by itself");
        }
        if (agent == Agent.PREPARED && !blindness.isEmpty()) {
            return blindness;
        } else if (!testsRan) {
            return List.of("no test ran, as far as reports of Surefire and Failsafe tell");
        } else if (agent == Agent.PREPARED) {
            return List.of(
                    "the agent was there, but no test trained a MultiLayerNetwork, ComputationGraph or SameDiff");
        }
        return List.of(
                "no test watches a network: prepare-agent is not among this plugin's goals, no @Diagnosed test calls"
                        + " recorder.watch(model), no model has a GradiometerListener",
                "the tests write elsewhere: gradiometer.output is not the same for tests and goal");
    }
}
