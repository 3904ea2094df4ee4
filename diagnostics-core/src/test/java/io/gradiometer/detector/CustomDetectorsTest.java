package io.gradiometer.detector;

import static io.gradiometer.Runs.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradiometer.Run;
import io.gradiometer.config.Configuration;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.FindingText;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Undecided;
import io.gradiometer.finding.Verdict;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomDetectorsTest {

    @TempDir
    private Path folder;

    /** A detector that finds something in every run. */
    abstract static class Always implements Detector {

        private final String id;
        private long steps;

        Always(String id) {
            this.id = id;
        }

        @Override
        public void start(ModelView model) {}

        @Override
        public void step(Step step) {
            steps++;
        }

        @Override
        public Verdict verdict() {
            return Verdict.Found.one(Finding.of(id, Severity.WARNING, "Took " + steps + " steps.")
                    .remedy(Remedy.untried("take-fewer", "Take fewer.", ""))
                    .build());
        }
    }

    @DetectorInfo(
            id = "sees-all",
            summary = "Anything",
            severity = Severity.WARNING,
            needs = {},
            speaksFrom = 0)
    public static final class SeesAll extends Always {
        public SeesAll() {
            super("sees-all");
        }
    }

    @DetectorInfo(
            id = "sees-all",
            summary = "The same",
            severity = Severity.WARNING,
            needs = {},
            speaksFrom = 0)
    public static final class SeesAllToo extends Always {
        public SeesAllToo() {
            super("sees-all");
        }
    }

    @DetectorInfo(
            id = "dead-units",
            summary = "Taken",
            severity = Severity.WARNING,
            needs = {},
            speaksFrom = 0)
    public static final class TakesOurs extends Always {
        public TakesOurs() {
            super("dead-units");
        }
    }

    @DetectorInfo(
            id = "Sees All",
            summary = "Odd",
            severity = Severity.WARNING,
            needs = {},
            speaksFrom = 0)
    public static final class OddlyNamed extends Always {
        public OddlyNamed() {
            super("Sees All");
        }
    }

    @DetectorInfo(
            id = "poses",
            summary = "As another",
            severity = Severity.WARNING,
            needs = {},
            speaksFrom = 0)
    public static final class Poses extends Always {
        public Poses() {
            super("dead-units");
        }
    }

    public static final class Undeclared extends Always {
        public Undeclared() {
            super("undeclared");
        }
    }

    @DetectorInfo(
            id = "no-start",
            summary = "Nothing",
            severity = Severity.WARNING,
            needs = {},
            speaksFrom = 0)
    public static final class NoStart extends Always {
        public NoStart() {
            super("no-start");
            throw new NoClassDefFoundError("com/acme/Missing");
        }
    }

    @DetectorInfo(
            id = "needs-more",
            summary = "Nothing",
            severity = Severity.WARNING,
            needs = {},
            speaksFrom = 0)
    public static final class NeedsMore extends Always {
        public NeedsMore(String more) {
            super(more);
        }
    }

    @DetectorInfo(
            id = "trips",
            summary = "Nothing",
            severity = Severity.WARNING,
            needs = {},
            speaksFrom = 0)
    public static final class Trips extends Always {
        public Trips() {
            super("trips");
        }

        @Override
        public void step(Step step) {
            if (step.iteration() == 3) {
                throw new AssertionError("line one\nline two");
            }
        }
    }

    /** Shows a service file that only one test is to see. */
    private static final class WithServiceFile extends ClassLoader {
        private final Path file;

        WithServiceFile(Path file) {
            super(CustomDetectorsTest.class.getClassLoader());
            this.file = file;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.equals("com.acme.Guarded")) {
                throw new SecurityException("nobody may load " + name);
            }
            throw new ClassNotFoundException(name);
        }

        @Override
        protected Enumeration<URL> findResources(String name) throws IOException {
            return name.equals("META-INF/services/io.gradiometer.detector.Detector")
                    ? Collections.enumeration(List.of(url()))
                    : Collections.emptyEnumeration();
        }

        private URL url() throws MalformedURLException {
            return file.toUri().toURL();
        }
    }

    private void with(List<String> lines, Runnable action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            thread.setContextClassLoader(new WithServiceFile(Files.write(folder.resolve("services"), lines)));
            action.run();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void with(Class<?> detector, Runnable action) {
        with(List.of(detector.getName()), action);
    }

    private static Examination.Conclusion conclusion() {
        Run run = aRun().build();
        return Examination.of(run.model(), run.steps(), Configuration.of());
    }

    /** What stands of a run in which nothing but the detector from outside has anything to say. */
    private static String onlyTrouble() {
        assertThat(conclusion().findings()).isEmpty();
        List<Undecided> undecided = conclusion().undecided();
        assertThat(undecided).hasSize(1);
        return undecided.get(0).id() + ": " + undecided.get(0).missing();
    }

    @Nested
    class TakesPart {

        @Test
        void a_detector_that_a_service_file_names() {
            with(SeesAll.class, () -> assertThat(conclusion().findings())
                    .singleElement()
                    .extracting(Finding::summary)
                    .isEqualTo("Took 50 steps."));
        }

        @Test
        void once_though_two_lines_name_it() {
            with(
                    List.of(SeesAll.class.getName(), SeesAll.class.getName() + " # again"),
                    () -> assertThat(conclusion().findings()).hasSize(1));
        }

        @Test
        void only_where_its_service_file_is_seen() {
            with(SeesAll.class, () -> assertThat(conclusion().findings()).hasSize(1));

            assertThat(conclusion().findings()).isEmpty();
        }

        @Test
        void anew_in_each_run() {
            with(SeesAll.class, () -> {
                conclusion();
                assertThat(conclusion().findings().get(0).summary()).isEqualTo("Took 50 steps.");
            });
        }

        @Test
        void after_ours_where_both_are_as_grave() {
            with(SeesAll.class, () -> {
                Run run = aRun().each(s -> s.updateRatio("dense_0", 0).still("dense_0"))
                        .build();
                List<Finding> findings = Examination.of(run.model(), run.steps(), Configuration.of())
                        .findings();
                assertThat(findings).hasSizeGreaterThan(1);
                assertThat(findings.stream().filter(f -> f.severity() == Severity.WARNING))
                        .extracting(Finding::id)
                        .endsWith("sees-all");
            });
        }

        @Test
        void without_a_page_of_ours() {
            with(SeesAll.class, () -> assertThat(
                            FindingText.render(conclusion().findings().get(0), 7))
                    .contains("more       rerun with seed 7")
                    .doesNotContain("docs/"));
        }
    }

    @Nested
    class Settings {

        private final Configuration ignoring = Configuration.of(new Configuration.Source(
                "test", Map.of("gradiometer.ignore", "sees-all", "gradiometer.failOn.sees-all", "info")));

        @Test
        void accept_its_id_where_it_is_there() {
            with(SeesAll.class, () -> assertThatCode(() -> Detectors.check(ignoring))
                    .doesNotThrowAnyException());
        }

        @Test
        void refuse_its_id_where_it_is_not() {
            assertThatThrownBy(() -> Detectors.check(ignoring))
                    .hasMessageContaining("'sees-all' is no finding id")
                    .hasMessageContaining("has 2 mistakes");
        }

        @Test
        void suggest_its_id() {
            Configuration typo =
                    Configuration.of(new Configuration.Source("test", Map.of("gradiometer.ignore", "seesall")));

            with(SeesAll.class, () -> assertThatThrownBy(() -> Detectors.check(typo))
                    .hasMessageContaining("did you mean 'sees-all'?"));
        }

        @Test
        void say_that_it_takes_no_limits() {
            Configuration limit =
                    Configuration.of(new Configuration.Source("test", Map.of("gradiometer.limit.sees-all.steps", "3")));

            with(SeesAll.class, () -> assertThatThrownBy(() -> Detectors.check(limit))
                    .hasMessageContaining("'sees-all' is a custom one and takes no limits"));
        }
    }

    @Nested
    class IsNamed {

        @Test
        void with_an_id_of_ours() {
            with(TakesOurs.class, () -> assertThat(onlyTrouble())
                    .startsWith("custom-detector: " + TakesOurs.class.getName())
                    .contains("its id 'dead-units' belongs to Gradiometer; choose another"));
        }

        @Test
        void with_the_id_of_another_while_that_one_goes_on() {
            with(List.of(SeesAll.class.getName(), SeesAllToo.class.getName()), () -> {
                assertThat(conclusion().findings()).hasSize(1);
                assertThat(conclusion().undecided())
                        .singleElement()
                        .extracting(Undecided::missing)
                        .asString()
                        .startsWith(SeesAllToo.class.getName())
                        .contains("is taken by " + SeesAll.class.getName());
            });
        }

        @Test
        void with_an_id_that_is_none() {
            with(OddlyNamed.class, () -> assertThat(onlyTrouble())
                    .contains(OddlyNamed.class.getName(), "not in lower case with hyphens"));
        }

        @Test
        void without_an_annotation() {
            with(Undeclared.class, () -> assertThat(onlyTrouble())
                    .contains(Undeclared.class.getName(), "it has no @DetectorInfo; annotate it"));
        }

        @Test
        void with_a_constructor_that_fails() {
            with(NoStart.class, () -> assertThat(onlyTrouble())
                    .startsWith("no-start: a detector that works: " + NoStart.class.getName())
                    .contains("NoClassDefFoundError: com/acme/Missing"));
        }

        @Test
        void without_a_constructor_that_anyone_may_call() {
            with(NeedsMore.class, () -> assertThat(onlyTrouble())
                    .contains(NeedsMore.class.getName(), "public no-arg constructor"));
        }

        @Test
        void when_the_class_is_missing_while_the_others_go_on() {
            with(List.of("com.acme.Forgotten", SeesAll.class.getName()), () -> {
                assertThat(conclusion().findings()).hasSize(1);
                assertThat(conclusion().undecided())
                        .singleElement()
                        .extracting(Undecided::missing)
                        .asString()
                        .contains("com.acme.Forgotten not found", "correct the name there");
            });
        }

        @Test
        void when_a_class_loader_does_not_let_go_of_it() {
            with(List.of("com.acme.Guarded", SeesAll.class.getName()), () -> {
                assertThat(conclusion().findings()).hasSize(1);
                assertThat(conclusion().undecided())
                        .singleElement()
                        .extracting(Undecided::missing)
                        .asString()
                        .contains("nobody may load com.acme.Guarded");
            });
        }

        @Test
        void when_the_service_file_cannot_be_read() {
            with(List.of("no class name"), () -> assertThat(onlyTrouble())
                    .contains("Illegal configuration-file syntax"));
        }

        @Test
        void when_it_breaks_in_the_middle_of_a_run() {
            with(Trips.class, () -> assertThat(onlyTrouble())
                    .startsWith("trips: a detector that works: " + Trips.class.getName())
                    .contains("line one?line two"));
        }

        @Test
        void when_it_reports_in_the_name_of_another() {
            with(Poses.class, () -> assertThat(onlyTrouble())
                    .startsWith("poses: ")
                    .contains("a finding 'dead-units', where its @DetectorInfo declares 'poses'"));
        }
    }
}
