package io.gradiometer.agent;

import io.gradiometer.config.Judge;
import io.gradiometer.dl4j.Observation;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.RunInfo;
import io.gradiometer.trace.LiveTrace;
import io.gradiometer.trace.RunStore;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run, with the test or the program that it belongs to; itself the weak reference to its network. */
final class AgentRun extends WeakReference<Object> {

    private final Observation observation;
    private final LiveTrace trace;
    private final @Nullable RunningTest test = testHere();
    private final WeakReference<Thread> trainer = new WeakReference<>(Thread.currentThread());
    private final String trainerName = Thread.currentThread().getName();
    private @Nullable Path folder;
    private int written = -1;

    /** Has the run written from its first step on: if its JVM is killed, that is what remains. */
    AgentRun(Observation observation, Object model, ReferenceQueue<Object> gone, RunStore store) {
        super(model, gone);
        this.observation = observation;
        this.trace = store.open(folderName());
        observation.writeTo(trace);
    }

    /** Not every test framework tells which test runs; then the stack does. */
    private static @Nullable RunningTest testHere() {
        RunningTest told = RunningTests.here();
        return told == null ? TestOnStack.find() : told;
    }

    boolean isOf(RunningTest other) {
        return test != null && test.id().equals(other.id());
    }

    /** Tells whether it went on after its test had ended: whichever test ends next then brings it up to date. */
    boolean isRestless() {
        return folder() != null;
    }

    /** Tells whether something was seen since it was written. */
    synchronized boolean hasNews() {
        return observation.isWorthKeeping() && observation.iterations() != written;
    }

    synchronized @Nullable Path folder() {
        return folder;
    }

    void misses(String hookedClass) {
        observation.note("observation", "the agent's hooks in " + hookedClass + ", which was loaded without them");
    }

    /** Tells whether the thread that began it is inside a training loop just now. */
    boolean isStillTraining() {
        Thread thread = trainer.get();
        return thread != null
                && Stream.of(thread.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("fit")
                                && (frame.getClassName().startsWith("org.deeplearning4j.")
                                        || frame.getClassName().startsWith("org.nd4j.")));
    }

    /** Writes it, or writes it anew. */
    synchronized void write(Judge judge, String module, String session, boolean brokenOff) throws IOException {
        int seen = observation.iterations();
        boolean completed = !brokenOff && !observation.isBrokenOff();
        Diagnosis diagnosis = observation.diagnosis();
        folder = trace.save(place -> judge.mark(diagnosis.withRun(
                named(diagnosis.run(), String.valueOf(place.getFileName()), module, session, completed))));
        written = seen;
    }

    /** Asks for no diagnosis, which would take its time on the thread that trains. */
    private String folderName() {
        if (test != null) {
            return test.folder();
        }
        String caller = observation.caller();
        String kind = observation.model().kind();
        return Stream.of(caller, kind, "run")
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    /** Returns the heading with the test, or the program and the line, that trained. */
    private RunInfo named(RunInfo run, String id, String module, String session, boolean completed) {
        return new RunInfo(
                id,
                title(run),
                test == null ? null : test.reference(),
                run.source(),
                module,
                session,
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

    private String title(RunInfo run) {
        if (test != null) {
            return test.title();
        }
        RunInfo.SourceRef source = run.source();
        String program = MainClass.shortName();
        String where = source == null
                ? run.title() + " on thread " + trainerName
                : run.title() + " at " + source.file() + ":" + source.line();
        return program.isEmpty() || run.title().startsWith(program + ".") ? where : program + ": " + where;
    }
}
