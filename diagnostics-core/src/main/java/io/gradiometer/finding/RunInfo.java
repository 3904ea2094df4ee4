package io.gradiometer.finding;

import java.time.Instant;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Which run a diagnosis is about.
 *
 * @param id unique within its session
 * @param title for people
 * @param test that trained; null outside tests
 * @param source the line that called {@code fit}; null where it could not be told
 * @param module of the build; empty where unknown
 * @param session of the build or JVM
 * @param model kind of network
 * @param layers from input to output
 * @param parameters number of parameters
 * @param dtype of the parameters
 * @param backend that computed
 * @param seed of the configuration
 * @param iterations that were seen
 * @param epochs that were seen
 * @param started when the network was first observed
 * @param completed whether the run ended in order
 * @param tool version of Gradiometer
 */
@API(status = API.Status.EXPERIMENTAL)
public record RunInfo(
        String id,
        String title,
        @Nullable TestRef test,
        @Nullable SourceRef source,
        String module,
        String session,
        String model,
        List<String> layers,
        long parameters,
        String dtype,
        String backend,
        long seed,
        int iterations,
        int epochs,
        Instant started,
        boolean completed,
        String tool) {

    public RunInfo {
        Require.text(id, "a run's id");
        Require.text(title, "a run's title");
        layers = List.copyOf(layers);
    }

    /** Returns where it trained, in a way that survives changes of lines: the test, or else the title without its line. */
    public String place() {
        if (test != null) {
            return test.className() + "#" + test.method();
        }
        return source == null ? title : title.replace(source.file() + ":" + source.line(), source.file());
    }

    /**
     * The test that trained.
     *
     * @param className of the test
     * @param method empty where it trained for the whole class
     * @param displayName for people
     * @param uniqueId within the test framework
     * @param attempt 1 at first; more where a failed test was run again in the same JVM
     */
    public record TestRef(String className, String method, String displayName, String uniqueId, int attempt) {

        /** A test at its first attempt. */
        public TestRef(String className, String method, String displayName, String uniqueId) {
            this(className, method, displayName, uniqueId, 1);
        }

        /** The same test when it is run again. */
        public TestRef withAttempt(int number) {
            return new TestRef(className, method, displayName, uniqueId, number);
        }
    }

    /** A line of the user's code. */
    public record SourceRef(String file, int line) {}
}
