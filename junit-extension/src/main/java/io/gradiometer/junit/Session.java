package io.gradiometer.junit;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.Format;
import io.gradiometer.config.Judge;
import io.gradiometer.config.Setting;
import io.gradiometer.dl4j.Observation;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Health;
import io.gradiometer.finding.RunInfo;
import io.gradiometer.trace.LiveTrace;
import io.gradiometer.trace.RecordedRun;
import io.gradiometer.trace.RunStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * All diagnosed tests of one JUnit execution: their run folders, and at the end the pages and one line on the console.
 *
 * <p>Lives in the root store. A shutdown hook stands in where a test ends the JVM. No failure to write fails a test.
 */
@SuppressWarnings("deprecation") // JUnit before 5.13 closes nothing but CloseableResource, which later ones deprecate
final class Session implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    private static final boolean REPORTS_PRESENT = isPresent("io.gradiometer.report.HtmlReport");

    private static final String NO_REPORTS = "  (for a page, add gradiometer-reports to the test class path)";
    private static final String ELSEWHERE = "set " + Setting.OUTPUT.key() + " to a folder that can be written";

    private final RunStore store;
    private final String module;
    private final Set<Format> formats;
    private final Set<TestRun> open = ConcurrentHashMap.newKeySet();
    private final Thread exitHook = new Thread(this::breakOff, "gradiometer-exit");
    private final Queue<Health> unwritten = new ConcurrentLinkedQueue<>();
    private volatile @Nullable String trouble;
    private boolean ended;

    private Session(Configuration configuration) {
        store = new RunStore(Path.of(configuration.text(Setting.OUTPUT)), configuration.text(Setting.SESSION));
        module = configuration.text(Setting.MODULE);
        formats = configuration.formats();
    }

    static Session of(ExtensionContext context, Configuration configuration) {
        return context.getRoot()
                .getStore(DiagnosedExtension.NAMESPACE)
                .getOrComputeIfAbsent(Session.class, key -> begin(configuration), Session.class);
    }

    private static Session begin(Configuration configuration) {
        Session session = new Session(configuration);
        Runtime.getRuntime().addShutdownHook(session.exitHook);
        return session;
    }

    private static boolean isPresent(String className) {
        try {
            Class.forName(className, false, Session.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }

    /** Registers what must be written even if the JVM ends before the test does. */
    void opened(TestRun run) {
        open.add(run);
    }

    void closed(TestRun run) {
        open.remove(run);
    }

    /** Returns what writes a network's run from its first step on. */
    LiveTrace trace(TestName name) {
        return store.open(name.folder());
    }

    /** Gives the diagnosis its place and name, and writes it with the rest of its trace. */
    Recorded record(
            TestName name, String title, Judge judge, Observation observation, LiveTrace trace, boolean completed) {
        boolean trained = observation.trained() || observation.broke();
        String silence = observation.whyNothingWasSeen();
        Diagnosis diagnosis = observation.diagnosis();
        Function<String, Diagnosis> marked =
                id -> judge.mark(diagnosis.withRun(named(diagnosis.run(), name, title, id, completed)));
        try {
            Path folder = trace.finish(place -> marked.apply(id(place)));
            return new Recorded(marked.apply(id(folder)), trained, silence, folder);
        } catch (IOException | RuntimeException e) {
            trouble = "runs cannot be written below " + store.output() + " (" + e + "); " + ELSEWHERE;
            Diagnosis kept = marked.apply(name.folder());
            unwritten.add(kept.health());
            return new Recorded(kept, trained, silence, null);
        }
    }

    private static String id(Path folder) {
        return String.valueOf(folder.getFileName());
    }

    /** Returns the run's heading with everything that the test adds to it. */
    RunInfo named(RunInfo run, TestName name, String title, String id, boolean completed) {
        return new RunInfo(
                id,
                title,
                name.reference(),
                run.source(),
                module,
                store.session(),
                run.model(),
                run.layers(),
                run.parameters(),
                run.dtype(),
                run.backend(),
                run.seed(),
                run.iterations(),
                run.epochs(),
                run.started(),
                completed,
                run.tool());
    }

    /** Returns where to read on about a run; the page is there when the session has ended. */
    String lastLine(Recorded run) {
        Path folder = run.folder();
        if (folder == null) {
            return "page  not written: " + trouble;
        } else if (REPORTS_PRESENT) {
            return "page  " + folder.resolve("index.html").toUri();
        }
        return "diagnosis  " + folder.resolve(RecordedRun.DIAGNOSIS).toUri() + NO_REPORTS;
    }

    /** Ends the session in order. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(exitHook);
        } catch (IllegalStateException exiting) {
            // The JVM is on its way down: the hook runs, finds the session ended, and leaves.
        }
    }

    /** Ends the session on the way down: tests that are still running are written as far as they came. */
    private void breakOff() {
        try {
            open.forEach(TestRun::breakOff);
        } finally {
            end();
        }
    }

    private synchronized void end() {
        if (!ended) {
            ended = true;
            Console.print(summary());
            String warning = trouble;
            if (warning != null) {
                Console.print("warning: " + warning);
            }
        }
    }

    /** Counts what is on disk, the runs of other JVMs of the session included, since that is what the page shows. */
    private String summary() {
        String counts = "";
        try {
            List<RecordedRun> runs = store.readSession();
            counts = Texts.counts(runs, unwritten);
            return counts + " - "
                    + (REPORTS_PRESENT
                            ? ReportFiles.write(store, runs, formats).toUri()
                            : store.output().toUri() + NO_REPORTS);
        } catch (IOException | UncheckedIOException e) {
            trouble = "the page cannot be written (" + e + "); " + ELSEWHERE;
        } catch (RuntimeException | LinkageError e) {
            trouble = "the page cannot be written (" + e + ")";
        }
        return counts.isEmpty() ? Texts.counts(List.of(), unwritten) : counts;
    }
}
