package io.gradiometer.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.trace.RecordedRun;
import io.gradiometer.trace.RunStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** One execution of fixtures by JUnit: what became of each test, what was written, what the console says. */
final class Execution {

    private final EngineExecutionResults results;
    private final Path output;
    private final String console;

    private Execution(EngineExecutionResults results, Path output, String console) {
        this.results = results;
        this.output = output;
        this.console = console;
    }

    static Setup of(Class<?>... fixtures) {
        return new Setup(List.of(fixtures));
    }

    /** What is to be executed, and how. */
    static final class Setup {
        private final List<Class<?>> fixtures;
        private final Map<String, String> properties = new LinkedHashMap<>();
        private final Map<String, String> parameters = new LinkedHashMap<>();

        private Setup(List<Class<?>> fixtures) {
            this.fixtures = fixtures;
        }

        /** Sets a system property for the time of the execution. */
        Setup with(String property, String value) {
            properties.put(property, value);
            return this;
        }

        /** Lets classes and methods run at the same time, two by two. */
        Setup inParallel() {
            parameters.put("junit.jupiter.execution.parallel.enabled", "true");
            parameters.put("junit.jupiter.execution.parallel.mode.default", "concurrent");
            parameters.put("junit.jupiter.execution.parallel.config.strategy", "fixed");
            parameters.put("junit.jupiter.execution.parallel.config.fixed.parallelism", "2");
            return this;
        }

        Execution into(Path output) {
            properties.putIfAbsent("gradiometer.output", output.toString());
            Map<String, String> before = new LinkedHashMap<>();
            properties.forEach((key, value) -> before.put(key, System.getProperty(key, "")));
            properties.forEach(System::setProperty);
            PrintStream console = System.out;
            ByteArrayOutputStream heard = new ByteArrayOutputStream();
            System.setOut(new PrintStream(heard, true, StandardCharsets.UTF_8));
            try {
                EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                        .selectors(fixtures.stream()
                                .map(DiscoverySelectors::selectClass)
                                .toArray(org.junit.platform.engine.DiscoverySelector[]::new))
                        .configurationParameters(parameters)
                        .execute();
                return new Execution(results, output, heard.toString(StandardCharsets.UTF_8));
            } finally {
                System.setOut(console);
                before.forEach((key, value) -> {
                    if (value.isEmpty()) {
                        System.clearProperty(key);
                    } else {
                        System.setProperty(key, value);
                    }
                });
            }
        }
    }

    Events tests() {
        return results.testEvents();
    }

    /** Claims how many tests passed and how many failed, and that none met another end. */
    Execution hasTests(long passed, long failed) {
        assertThat(failures().map(Throwable::toString)).hasSize((int) failed);
        tests().assertStatistics(counts ->
                counts.started(passed + failed).succeeded(passed).failed(failed));
        return this;
    }

    /** Returns the message of the only failed test or class. */
    String failure() {
        List<Throwable> failures = failures().toList();
        assertThat(failures).hasSize(1);
        return String.valueOf(failures.get(0).getMessage());
    }

    /** Returns the failures of tests and classes. */
    Stream<Throwable> failures() {
        return results.allEvents().failed().stream()
                .map(Event::getPayload)
                .flatMap(payload -> payload.stream())
                .map(TestExecutionResult.class::cast)
                .flatMap(result -> result.getThrowable().stream());
    }

    /** Returns what was written to standard output. */
    String console() {
        return console;
    }

    /** Returns the runs of the newest session. */
    List<RecordedRun> runs() {
        return RunStore.readAll(output);
    }

    List<String> titles() {
        return runs().stream().map(run -> Runs.diagnosis(run).run().title()).toList();
    }
}
