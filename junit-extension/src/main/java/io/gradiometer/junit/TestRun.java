package io.gradiometer.junit;

import io.gradiometer.config.ConfigurationException;
import io.gradiometer.config.Judge;
import io.gradiometer.dl4j.Observation;
import io.gradiometer.dl4j.ObservationScope;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.trace.LiveTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * What is observed for one test, or for a class outside its tests: opened before it, written and judged once after it.
 *
 * <p>Lives in the context's store, which closes it on the thread that opened it, whatever became of the test.
 */
@SuppressWarnings("deprecation") // JUnit before 5.13 closes nothing but CloseableResource, which later ones deprecate
final class TestRun implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    /** The dynamic test that runs on this thread or has started it: all those of a factory share its recorder. */
    private static final InheritableThreadLocal<@Nullable TestRun> DYNAMIC = new InheritableThreadLocal<>();

    private final TestName name;
    private final TestSettings settings;
    private final Judge judge;
    private final Session session;
    private final @Nullable TestRun enclosing;
    private final ObservationScope scope;
    private final Map<Observation, LiveTrace> traces = new ConcurrentHashMap<>();

    private volatile boolean dynamicObserved;
    private volatile boolean over;
    private @Nullable List<Recorded> recorded;

    private TestRun(TestName name, TestSettings settings, Session session, @Nullable TestRun enclosing) {
        this.name = name;
        this.settings = settings;
        this.judge = new Judge(settings.configuration(), settings.expectations(), settings.baseline());
        this.session = session;
        this.enclosing = enclosing;
        this.scope = ObservationScope.open(settings.configuration(), this::begins);
    }

    /**
     * Begins to observe on this thread.
     *
     * @param enclosing the run of the class around it
     * @throws ConfigurationException with everything that is wrong with the settings
     */
    static TestRun open(TestName name, TestSettings settings, Session session, @Nullable TestRun enclosing) {
        TestRun run = new TestRun(name, settings, session, enclosing);
        session.opened(run);
        return run;
    }

    /** Begins to observe a dynamic test of this factory, in place of the factory while the test's thread is in it. */
    TestRun openDynamic(ExtensionContext context) {
        TestRun run = open(name.dynamic(context), settings, session, this);
        DYNAMIC.set(run);
        return run;
    }

    void closeDynamic(TestRun run) {
        dynamicObserved |= run.hasObserved();
        DYNAMIC.remove();
        run.close();
    }

    /** Returns the run that takes what is observed on this thread. */
    TestRun current() {
        TestRun run = DYNAMIC.get();
        return run != null && run.enclosing == this ? run : this;
    }

    ObservationScope scope() {
        return scope;
    }

    private boolean hasObserved() {
        return dynamicObserved || !observations().isEmpty();
    }

    /** Returns the networks of this run: those that the class around has observed before stay the class's. */
    private List<Observation> observations() {
        return scope.observations().stream()
                .filter(observation -> enclosing == null || !enclosing.knows(observation))
                .toList();
    }

    private boolean knows(Observation observation) {
        return scope.observations().contains(observation) || (enclosing != null && enclosing.knows(observation));
    }

    /** Has a network of this run written as it trains: if its JVM is killed, that is what remains. */
    private void begins(Observation observation) {
        if (!over && (enclosing == null || !enclosing.knows(observation))) {
            trace(observation);
        }
    }

    private LiveTrace trace(Observation observation) {
        return traces.computeIfAbsent(observation, network -> {
            LiveTrace trace = session.trace(name);
            network.writeTo(trace);
            return trace;
        });
    }

    /** Returns the network observed last, be it here or in the class around. */
    Optional<Observation> latest() {
        List<Observation> observations = observations();
        if (!observations.isEmpty()) {
            return Optional.of(observations.get(observations.size() - 1));
        }
        return enclosing == null ? Optional.empty() : enclosing.latest();
    }

    /** Returns what is known of a network by now, under this test's name. */
    Diagnosis diagnosis(Observation observation) {
        Diagnosis diagnosis = observation.diagnosis();
        return judge.mark(diagnosis.withRun(session.named(diagnosis.run(), name, name.title(), name.folder(), false)));
    }

    /** Judges a test that must have observed something, unless its class has. */
    Optional<String> judgeTest(@Nullable Throwable failure) {
        if (BackendMissing.isCauseOf(failure)) {
            return Optional.of(Texts.backendMissing(name.title()));
        }
        boolean silent = !hasObserved();
        for (TestRun around = enclosing; around != null && silent; around = around.enclosing) {
            silent = !around.hasObserved();
        }
        return silent && failure == null ? Optional.of(Texts.noneObserved(name.title())) : judgeWhatIsThere(failure);
    }

    /** Judges what was observed, if anything was. */
    Optional<String> judgeWhatIsThere(@Nullable Throwable failure) {
        List<Recorded> networks = record(failure == null || failure instanceof AssertionError || isAbort(failure));
        if (networks.isEmpty() || isAbort(failure)) {
            return Optional.empty();
        }
        boolean neverTrained = networks.stream().noneMatch(Recorded::trained);
        if (neverTrained) {
            return failure == null
                    ? Optional.of(
                            Texts.lines(Texts.neverTrained(name.title(), networks), session.lastLine(networks.get(0))))
                    : Optional.empty();
        }
        return Judgement.of(name.title(), judge, networks, failure != null, session::lastLine);
    }

    private static boolean isAbort(@Nullable Throwable failure) {
        return failure instanceof TestAbortedException;
    }

    /** Writes the run as far as it came: its JVM is on the way down. */
    void breakOff() {
        record(false);
    }

    private synchronized List<Recorded> record(boolean completed) {
        if (recorded == null) {
            over = true;
            List<Observation> observations = observations();
            List<Recorded> all = new ArrayList<>();
            for (int i = 0; i < observations.size(); i++) {
                String which = observations.size() == 1 ? "" : ", network " + (i + 1) + " of " + observations.size();
                Observation observation = observations.get(i);
                LiveTrace trace = trace(observation);
                all.add(session.record(name, name.title() + which, judge, observation, trace, completed));
            }
            recorded = all;
        }
        return recorded;
    }

    /** Stops to observe. A test that never came to its verdict, since its set-up failed, is written here. */
    @Override
    public void close() {
        try {
            record(false);
        } finally {
            scope.close();
            session.closed(this);
        }
    }
}
