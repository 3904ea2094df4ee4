package io.gradiometer.dl4j;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.Judge;
import io.gradiometer.config.Setting;
import io.gradiometer.detector.DetectorInfo;
import io.gradiometer.detector.Detectors;
import io.gradiometer.detector.Examination;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.FindingText;
import io.gradiometer.finding.Health;
import io.gradiometer.finding.PreflightReport;
import io.gradiometer.finding.RunInfo;
import io.gradiometer.finding.Undecided;
import io.gradiometer.signal.Magnitudes;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.Validation;
import io.gradiometer.trace.LiveTrace;
import io.gradiometer.trace.Trace;
import io.gradiometer.trace.TraceRecorder;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * One training run of one network, as it is being observed.
 *
 * <p>Fed by whichever attacher claims an iteration first, so that two of them on one network still see it once. No failure of
 * ours reaches the training: observing then stops, and the diagnosis says where and why. Safe for many threads.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class Observation {

    /** The attacher that sits inside Deeplearning4j and hears of the end of an iteration after all listeners. */
    static final Object AGENT = AgentEvents.class;

    /** Iterations between two looks at whether a run that is to fail fast has failed: few at first, since most trouble begins early. */
    private static final int LOOK_EVERY = 16;

    private final Configuration configuration;
    private final Instant started = Instant.now();
    private @Nullable NetworkProbe probe;
    private @Nullable TraceRecorder recorder;
    private final List<LiveTrace> traces = new ArrayList<>();
    private @Nullable Examination examination;
    private @Nullable Object claimant;
    private @Nullable CallSite callSite;
    private @Nullable String trouble;
    private WeakReference<Object> met = new WeakReference<>(null);
    private final List<Undecided> notes = new ArrayList<>();
    private @Nullable TrainingFailedException failure;
    private volatile @Nullable Boolean fedByAgent;
    private boolean kept;
    private boolean looksForUser;
    private boolean brokenOff;
    private boolean lossIsFinite = true;
    private int iterations;
    private int epochs;
    private int lastEpoch = -1;
    private int lastIteration = -1;
    private final Stopwatch stopwatch = new Stopwatch();

    Observation(Configuration configuration) {
        this.configuration = configuration;
    }

    private synchronized void timed(Runnable event) {
        if (trouble == null) {
            long began = stopwatch.start();
            guarded(event);
            stopwatch.stop(began);
        }
    }

    /** Whatever is thrown ends observing, not training. */
    private void guarded(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            trouble = "observing that works: it stopped after iteration " + lastIteration + " with " + e
                    + " (Gradiometer " + ToolVersion.get() + ")";
        }
    }

    private NetworkProbe begun(Function<Configuration, NetworkProbe> begin) {
        NetworkProbe current = probe;
        return current == null ? begin(begin.apply(configuration)) : current;
    }

    private NetworkProbe begin(NetworkProbe first) {
        probe = first;
        TraceRecorder begun = new TraceRecorder(first.view());
        recorder = begun;
        traces.forEach(trace -> trace.follow(begun));
        examination = new Examination(first.view(), configuration, first::yardstick);
        return first;
    }

    /** Makes the network known before it trains; one whose shape is not final yet becomes known when it does. */
    synchronized void meet(Object network) {
        met = new WeakReference<>(network);
        if (probe == null && trouble == null) {
            guarded(() -> {
                NetworkProbe first = WatchedNetwork.of(network).probe(configuration.flag(Setting.EXACT));
                if (first != null) {
                    begin(first);
                }
            });
        }
    }

    /**
     * Takes an event in the middle of an iteration.
     *
     * @param attacher that heard of it; only the first to be heard in an iteration counts
     * @param begin makes the probe at the network's first event
     * @param event what the probe does with it
     */
    void on(Object attacher, Function<Configuration, NetworkProbe> begin, Consumer<NetworkProbe> event) {
        timed(() -> {
            NetworkProbe current = begun(begin);
            lookForUser();
            if (claims(attacher)) {
                event.accept(current);
            }
        });
    }

    /**
     * Takes the end of an iteration.
     *
     * @param attacher that heard of it
     * @param begin makes the probe at the network's first event
     * @param end completes the step; null where the iteration was not seen from its beginning
     */
    void done(
            Object attacher, Function<Configuration, NetworkProbe> begin, Function<NetworkProbe, @Nullable Step> end) {
        timed(() -> {
            NetworkProbe current = begun(begin);
            if (claims(attacher)) {
                Step step = end.apply(current);
                if (step != null) {
                    take(step, current.magnitudes(), current.foretelling());
                }
                brokenOff = false;
                claimant = null;
            } else if (claimant != AGENT) {
                // The claimant should have been told first: it was taken off the network in mid-iteration.
                current.abandon();
                claimant = null;
            }
        });
    }

    private void lookForUser() {
        if (!looksForUser) {
            looksForUser = true;
            callSite = CallSite.ofUser();
        }
    }

    /** Asks the agent, once, whether it wants this network, while the user's code that trains it is on the stack. */
    boolean isFedByAgent(Object model, AgentKeeper agent) {
        Boolean known = fedByAgent;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            lookForUser();
            CallSite site = callSite;
            boolean wanted = agent.wants(model.getClass().getName(), site == null ? "" : site.className());
            fedByAgent = wanted;
            return wanted;
        }
    }

    /** Tells, once, that the run is to be kept. */
    synchronized boolean becomesKept() {
        boolean becomes = !kept;
        kept = true;
        return becomes;
    }

    /** Returns what the run failed with; null as long as it has no error. Looks every few iterations, and at once at a bad loss. */
    synchronized @Nullable TrainingFailedException failure() {
        if (failure == null && kept && (iterations % LOOK_EVERY == 0 || iterations < LOOK_EVERY || !lossIsFinite)) {
            Diagnosis diagnosis = new Judge(configuration, List.of()).mark(diagnosis());
            if (diagnosis.health() == Health.SICK) {
                failure = new TrainingFailedException(title(callSite, model()) + " was stopped after iteration "
                        + lastIteration + ", as failFast asks:\n"
                        + FindingText.render(diagnosis.open(), diagnosis.run().seed()));
            }
        }
        return failure;
    }

    /** Notes what could not be observed of this run; the same thing once. */
    public synchronized void note(String id, String missing) {
        Undecided note = new Undecided(id, missing);
        if (!notes.contains(note)) {
            notes.add(note);
        }
    }

    /** Notes that the training loop has ended in an exception. */
    synchronized void breakOff() {
        brokenOff = true;
    }

    /** Tells whether the loop ended in an exception, or in an iteration that it is not in any more. */
    public synchronized boolean isBrokenOff() {
        return brokenOff;
    }

    /** Tells whether there is anything to tell of it: not of a loop that broke before its first iteration. */
    public synchronized boolean isWorthKeeping() {
        return iterations > 0 || trouble != null || !notes.isEmpty();
    }

    /** Returns the class and method of the user's that trains, {@code Train.main} for instance; empty where it is not known. */
    public synchronized String caller() {
        CallSite site = callSite;
        return site == null ? "" : site.title().replace("()", "");
    }

    /** Returns the number of iterations seen by now. */
    public synchronized int iterations() {
        return iterations;
    }

    /** Notes that an iteration has begun, which the network will end unless something breaks. */
    synchronized void begunIteration() {
        brokenOff = true;
    }

    @SuppressWarnings("ReferenceEquality") // an attacher is itself
    private boolean claims(Object attacher) {
        if (claimant == null) {
            claimant = attacher;
        }
        return claimant == attacher;
    }

    private void foretold(Foretelling foretelling) {
        stopwatch.setAside(foretelling.nanos());
        String failed = foretelling.trouble();
        if (failed != null) {
            note("preflight", failed);
        }
        if (recorder != null && examination != null) {
            recorder.keep(foretelling.prospect());
            examination.foretold(foretelling.prospect());
        }
    }

    private void take(Step step, List<Magnitudes> magnitudes, Foretelling foretelling) {
        iterations++;
        if (iterations == 1) {
            foretold(foretelling);
        }
        lossIsFinite = Double.isFinite(step.score());
        lastIteration = step.iteration();
        if (step.epoch() != lastEpoch) {
            lastEpoch = step.epoch();
            epochs++;
        }
        if (recorder != null && examination != null) {
            recorder.keep(step);
            if (!magnitudes.isEmpty()) {
                recorder.keep(magnitudes);
            }
            examination.step(step);
        }
    }

    /** Tells whether at least one iteration was seen. */
    public synchronized boolean trained() {
        return iterations > 0;
    }

    /** Tells whether observing had to stop because of a fault of ours. */
    public synchronized boolean broke() {
        return trouble != null;
    }

    /** Says why no iteration was seen of a network that was watched. */
    public synchronized String whyNothingWasSeen() {
        Object network = met.get();
        NetworkProbe current = probe;
        if (current != null && current.view().parameters() == 0) {
            return "it has no parameters, and fit does nothing then";
        } else if (network != null && WatchedNetwork.of(network).trainedUnheard()) {
            return "setListeners(...) took the watching listener off before it trained; watch it afterwards, or use"
                    + " addListeners(...)";
        }
        return "fit was never called";
    }

    /** Notes a validation score of the user's, at the iteration that training has reached. */
    public synchronized void validation(double score) {
        Validation taken = new Validation(Math.max(0, lastIteration), score);
        if (recorder != null) {
            recorder.keep(taken);
        }
        if (examination != null) {
            examination.validation(taken);
        }
    }

    /** Returns the network's shape; without layers while the network has not been initialised. */
    public synchronized ModelView model() {
        NetworkProbe current = probe;
        return current == null ? ModelView.UNKNOWN : current.view();
    }

    /** Has the run written from its first step on, or from now on; finishing it is the caller's part. */
    public synchronized void writeTo(LiveTrace trace) {
        traces.add(trace);
        TraceRecorder current = recorder;
        if (current != null) {
            trace.follow(current);
        }
    }

    /** Returns what is kept of the run by now. */
    public synchronized Trace trace() {
        TraceRecorder current = recorder;
        return current == null ? new Trace(model(), List.of(), List.of(), 0, true) : current.trace();
    }

    /** Concludes from what was seen by now. */
    public synchronized Diagnosis diagnosis() {
        Examination current = examination;
        String problem = trouble;
        List<Undecided> undecided = new ArrayList<>();
        Examination.Conclusion conclusion = current == null
                ? new Examination.Conclusion(List.of(), List.of(), PreflightReport.NONE)
                : current.conclude();
        if (problem != null || current == null) {
            String missing = problem != null ? problem : "training: the network was never initialised";
            Stream.concat(Detectors.catalogue().stream(), Detectors.custom().stream())
                    .map(DetectorInfo::id)
                    .forEach(id -> undecided.add(new Undecided(id, missing)));
        } else {
            undecided.addAll(conclusion.undecided());
        }
        undecided.addAll(notes);
        traces.forEach(trace -> trace.trouble()
                .ifPresent(why -> undecided.add(new Undecided(
                        "trace", "a disk that took it during the run (" + why + "); it was kept in memory"))));
        return new Diagnosis(
                        run(),
                        conclusion.findings(),
                        undecided,
                        conclusion.preflight(),
                        stopwatch.cost(iterations),
                        configuration.effective())
                .withRun(run());
    }

    private String title(@Nullable CallSite site, ModelView model) {
        if (site != null) {
            return site.title();
        }
        return iterations == 0
                ? "a network that never trained"
                : "a " + model.kind() + " of " + model.parameters() + " parameters";
    }

    private RunInfo run() {
        ModelView model = model();
        CallSite site = callSite;
        return new RunInfo(
                "run",
                title(site, model),
                null,
                site == null ? null : site.source(),
                "",
                "",
                model.kind(),
                model.layerNames(),
                model.parameters(),
                model.dtype(),
                model.backend(),
                model.seed(),
                iterations,
                epochs,
                started,
                true,
                ToolVersion.get());
    }
}
