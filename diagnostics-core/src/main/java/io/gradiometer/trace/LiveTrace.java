package io.gradiometer.trace;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.DiagnosisJson;
import io.gradiometer.finding.OneLine;
import io.gradiometer.signal.ModelView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A run folder that is written while its run goes on, so that a JVM that is killed leaves what was seen up to a moment before.
 *
 * <p>The folder appears with the first step and is {@linkplain #finish finished} with the diagnosis. One thread of ours writes
 * for all runs; training never waits for it. When the disk is in trouble the run goes on in memory, and everything is written
 * as soon as that can be done, at the latest when the run is finished.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class LiveTrace {

    /** Then everything that is kept is written anew: it takes a few times as much. */
    private static final int MOST_BYTES_LATER = 2 << 20;

    /** In turns of the writing thread: a quarter of a minute. */
    private static final int LONGEST_PAUSE = 64;

    private final NewFolder newFolder;
    private final Disk disk;
    private final Outlet outlet = new Outlet(() -> TraceThread.get().hurry());
    private volatile @Nullable TraceRecorder recorder;
    private volatile @Nullable String trouble;
    private volatile boolean finished;

    // What follows is guarded by this object, which is held while files are written.

    private final List<Path> outdated = new ArrayList<>();
    private @Nullable Path folder;
    private Disk.@Nullable Sink later;
    private @Nullable Path laterFile;
    private int laterFiles;
    private long laterBytes;
    private long eventsInSnapshot = -1;
    private Bytes spare = new Bytes(4 << 10);
    private int failures;
    private int turnsToPass;

    /** Makes the run's folder. */
    interface NewFolder {
        Path create() throws IOException;
    }

    LiveTrace(NewFolder newFolder, Disk disk) {
        this.newFolder = newFolder;
        this.disk = disk;
    }

    /** Writes a run at once. */
    static void write(Path folder, Diagnosis diagnosis, TraceRecorder run) throws IOException {
        LiveTrace trace = new LiveTrace(() -> folder, Disk.real());
        trace.attach(run);
        trace.finish(any -> diagnosis);
    }

    /** Begins to write what the recorder keeps. To be called once, before or while the run goes on; touches no file. */
    public void follow(TraceRecorder run) {
        if (attach(run)) {
            TraceThread.get().add(this);
        }
    }

    /** Makes the recorder known; false where another folder gets it already, and this one all of it at the end. */
    boolean attach(TraceRecorder run) {
        recorder = run;
        return run.attach(outlet);
    }

    /** Says what kept the trace from being written during the run, if anything did; it may have been written since. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private Path folder() throws IOException {
        Path known = folder;
        if (known == null) {
            known = newFolder.create();
            folder = known;
        }
        return known;
    }

    /** Writes what is new. Called by the one thread that writes. */
    synchronized void drain() {
        TraceRecorder run = recorder;
        if (run == null || finished || run.events() == 0) {
            return;
        } else if (turnsToPass > 0) {
            turnsToPass--;
            return;
        }
        try {
            write(run);
            failures = 0;
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            trouble = OneLine.of(String.valueOf(e));
            run.fallBehind(outlet);
            turnsToPass = Math.min(LONGEST_PAUSE, 1 << Math.min(30, failures++));
        }
    }

    private void write(TraceRecorder run) throws IOException {
        Bytes fresh = run.fetch(outlet, spare);
        if (fresh != null) {
            spare = fresh;
        }
        if (fresh == null || laterIsGone() || laterBytes + fresh.size() > MOST_BYTES_LATER) {
            compact(run);
        } else if (fresh.size() > 0) {
            Disk.Sink sink = later == null ? beginLater() : later;
            sink.write(fresh.array(), fresh.size());
            laterBytes += fresh.size();
        }
    }

    /** What is written to a deleted file succeeds, and is lost. */
    private boolean laterIsGone() {
        Path file = laterFile;
        return file != null && Files.notExists(file);
    }

    private Disk.Sink beginLater() throws IOException {
        Path file = folder().resolve(TraceFile.nameOfLater(++laterFiles));
        Disk.Sink sink = disk.create(file);
        later = sink;
        laterFile = file;
        TraceFile.begin(sink, eventsInSnapshot);
        return sink;
    }

    /** Writes all that is kept in place of the snapshot before and of what came after it. */
    private void compact(TraceRecorder run) throws IOException {
        closeLater();
        Snapshot snapshot = run.snapshot(outlet, false);
        publish(run.model(), snapshot, true);
        eventsInSnapshot = snapshot.events();
        deleteOutdated();
    }

    private void publish(ModelView model, Snapshot snapshot, boolean force) throws IOException {
        // Somebody may have cleaned up around us.
        Path target = Files.createDirectories(folder());
        Path draft = target.resolve(TraceFile.NAME + ".part");
        Files.deleteIfExists(draft);
        try (Disk.Sink sink = disk.create(draft)) {
            TraceFile.write(sink, model, snapshot);
            if (force) {
                sink.force();
            }
        } catch (IOException | RuntimeException e) {
            // On a full disk its room is needed more than it is.
            Files.deleteIfExists(draft);
            throw e;
        }
        publish(draft, target.resolve(TraceFile.NAME));
    }

    private static void publish(Path draft, Path file) throws IOException {
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void closeLater() throws IOException {
        Disk.Sink sink = later;
        Path file = laterFile;
        later = null;
        laterFile = null;
        laterBytes = 0;
        if (file != null) {
            outdated.add(file);
        }
        if (sink != null) {
            sink.close();
        }
    }

    private void deleteOutdated() {
        outdated.removeIf(file -> {
            try {
                Files.deleteIfExists(file);
                return true;
            } catch (IOException inUse) {
                // Tried again the next time; a reader knows it as older than the snapshot.
                return false;
            }
        });
    }

    /**
     * Writes all that is kept by now, and the diagnosis; the run may go on. Each file appears whole or not at all.
     *
     * @param diagnosis told the folder, for a run is named after it
     * @return the folder
     * @throws IOException if that cannot be done
     */
    public synchronized Path save(Function<Path, Diagnosis> diagnosis) throws IOException {
        TraceRecorder known = recorder;
        TraceRecorder run = known == null ? new TraceRecorder(ModelView.UNKNOWN) : known;
        boolean wasLive = eventsInSnapshot >= 0;
        closeLater();
        Snapshot snapshot = run.snapshot(outlet, true);
        publish(run.model(), snapshot, wasLive);
        eventsInSnapshot = snapshot.events();
        deleteOutdated();
        Path json = folder().resolve(RecordedRun.DIAGNOSIS + ".part");
        // Not writeString, which throws where a name holds half a character.
        Files.write(json, DiagnosisJson.write(diagnosis.apply(folder())).getBytes(StandardCharsets.UTF_8));
        publish(json, folder().resolve(RecordedRun.DIAGNOSIS));
        return folder();
    }

    /**
     * Ends the run: {@linkplain #save saves} it and lets go of it.
     *
     * @throws IOException if it cannot be saved; it is not tried again
     */
    public synchronized Path finish(Function<Path, Diagnosis> diagnosis) throws IOException {
        try {
            return save(diagnosis);
        } finally {
            finished = true;
            TraceRecorder known = recorder;
            if (known != null) {
                known.detach(outlet);
            }
            TraceThread.get().remove(this);
        }
    }
}
