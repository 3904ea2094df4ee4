package io.gradiometer.config;

import io.gradiometer.finding.Finding;
import io.gradiometer.finding.RunInfo;
import java.util.stream.Stream;

/**
 * Which findings a rule or a suppression is about.
 *
 * @param id of the findings; empty for all
 * @param test pattern of the test, with or without its package, alone or as {@code Class.method}; of the run's title where no test trained
 * @param layer pattern that one layer of the finding has to match
 */
record Scope(String id, Glob test, Glob layer) {

    boolean covers(Finding finding, RunInfo run) {
        return (id.isEmpty() || id.equals(finding.id())) && isAbout(run) && layer.matchesAny(finding.layers().stream());
    }

    /** Tells whether the run has the test that is named. */
    boolean isAbout(RunInfo run) {
        return test.matchesAny(names(run));
    }

    /** Tells whether the run has the test and a layer that are named. */
    boolean canConcern(RunInfo run) {
        return isAbout(run) && layer.matchesAny(run.layers().stream());
    }

    private static Stream<String> names(RunInfo run) {
        RunInfo.TestRef ref = run.test();
        if (ref == null) {
            return Stream.of(run.title());
        }
        String name = ref.className();
        String simple = name.substring(name.lastIndexOf('.') + 1);
        return Stream.of(name, simple, name + "." + ref.method(), simple + "." + ref.method(), run.title());
    }

    /** Returns how much it says: the more, the more special. */
    int weight() {
        return (id.isEmpty() ? 0 : 1)
                + (test.text().isEmpty() ? 0 : 1)
                + (layer.text().isEmpty() ? 0 : 1);
    }
}
