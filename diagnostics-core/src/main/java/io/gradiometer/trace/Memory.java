package io.gradiometer.trace;

import io.gradiometer.signal.Magnitudes;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Prospect;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.Validation;
import io.gradiometer.trace.Series.Quantity;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run leaves in bounded memory, of which everything depends on the steps alone.
 *
 * <p>It can be written out and taken up again; fed with the steps that came after, it is then what it would have been. For one
 * thread at a time.
 */
final class Memory {

    /** Of each kind, so many first steps are kept whatever comes later: most trouble begins early. */
    static final int WHOLE = 64;

    static final int MOST_VALIDATIONS = 4096;

    private static final int FULL_BYTES = 3 << 20;
    private static final int LIGHT_BYTES = 512 << 10;
    private static final int UNUSUAL_BYTES = 512 << 10;
    private static final int MAGNITUDES_BYTES = 512 << 10;
    private static final int RUN_BUCKETS_BYTES = 300 << 10;
    private static final int LAYER_BUCKETS_BYTES = 2 << 20;
    private static final int MOST_BUCKETS = 512;
    private static final int RUN_SAMPLE = 32;
    private static final int LAYER_SAMPLE = 16;

    private final ModelView model;
    private final StepCodec codec;
    private final Measures measures;

    private final Thinned full = new Thinned(FULL_BYTES, WHOLE);
    private final Thinned light = new Thinned(LIGHT_BYTES, WHOLE);
    private final Thinned unusual = new Thinned(UNUSUAL_BYTES, WHOLE);
    private final List<Thinned> ofSteps = List.of(full, light, unusual);
    private final List<Extreme> extremes = List.of(
            new Extreme((index, step, layers) -> index),
            new Extreme((index, step, layers) -> step.full() ? index : Double.NaN),
            new Extreme((index, step, layers) -> Measures.loss(step)),
            new Extreme((index, step, layers) -> -Measures.loss(step)),
            new Extreme((index, step, layers) -> Measures.rms(step.watched())),
            new Extreme((index, step, layers) -> Measures.largest(layers, Quantity.GRADIENT)),
            new Extreme((index, step, layers) -> Measures.largest(layers, Quantity.UPDATE_RATIO)));
    private final Jumps losses = new Jumps();
    private final Jumps watched = new Jumps();
    private final Thinned magnitudes = new Thinned(MAGNITUDES_BYTES, 8);
    private final List<Validation> validations = new ArrayList<>();
    private final Buckets ofRun = new Buckets(Measures.OF_RUN.size(), RUN_BUCKETS_BYTES, MOST_BUCKETS, RUN_SAMPLE);
    private final Buckets ofLayers;

    private final Bytes scratch = new Bytes(1 << 10);
    private @Nullable Step inScratch;
    private Prospect prospect = Prospect.UNKNOWN;
    private long seen;
    private long readings;
    private long validationsSeen;

    Memory(ModelView model) {
        this.model = model;
        codec = new StepCodec(model);
        measures = new Measures(model);
        ofLayers = new Buckets(measures.layerColumns(), LAYER_BUCKETS_BYTES, MOST_BUCKETS, LAYER_SAMPLE);
    }

    ModelView model() {
        return model;
    }

    /** Returns how many steps, readings and validations there were. */
    long events() {
        return seen + readings + validationsSeen;
    }

    void keep(Prospect told) {
        prospect = told;
    }

    void keep(Step step) {
        long index = seen++;
        inScratch = null;
        double[] layers = measures.layers(step);
        // Not with an iterator, which would be one more object for every step.
        for (int i = 0; i < extremes.size(); i++) {
            extremes.get(i).offer(index, step, layers);
        }
        ofRun.add(step.iteration(), measures.run(step));
        if (step.full()) {
            ofLayers.add(step.iteration(), layers);
        }
        Kept kept = null;
        if ((step.full() ? full : light).offer()) {
            kept = new Kept(index, encoded(step).copy());
            (step.full() ? full : light).add(kept);
        }
        if (isUnusual(step) && unusual.offer()) {
            unusual.add(kept == null ? new Kept(index, encoded(step).copy()) : kept);
        }
    }

    private boolean isUnusual(Step step) {
        boolean lossJumps = losses.next(Measures.loss(step));
        boolean watchedJumps = watched.next(Measures.rms(step.watched()));
        return lossJumps || watchedJumps || Measures.hasNonFinite(step);
    }

    /** Returns a step's bytes, until the next call. */
    @SuppressWarnings("ReferenceEquality") // the very step that was kept last
    Bytes encoded(Step step) {
        if (inScratch != step) {
            scratch.clear();
            codec.write(scratch, step);
            inScratch = step;
        }
        return scratch;
    }

    void keep(Validation validation) {
        validationsSeen++;
        if (validations.size() < MOST_VALIDATIONS) {
            validations.add(validation);
        }
    }

    void keep(List<Magnitudes> reading) {
        long index = readings++;
        if (magnitudes.offer()) {
            magnitudes.add(new Kept(index, encoded(reading).copy()));
        }
    }

    Bytes encoded(List<Magnitudes> reading) {
        scratch.clear();
        inScratch = null;
        StepCodec.write(scratch, reading);
        return scratch;
    }

    /** Takes a step that was handed over, as it was encoded. */
    void replayStep(ByteBuffer content) {
        keep(codec.readStep(content));
    }

    /** Takes histograms that were handed over, as they were encoded. */
    void replayMagnitudes(ByteBuffer content) {
        keep(codec.readMagnitudes(content));
    }

    /** One step with the lists that keep it. */
    private static final class Entry {
        private int lists;
        private byte @Nullable [] content;
        private @Nullable Step step;
    }

    /** What keeps which step, as it is now: quickly copied, to be put in order at leisure. */
    private final class Keepers {
        private final List<List<Kept>> lists =
                ofSteps.stream().map(list -> List.copyOf(list.kept())).toList();
        private final long[] indices =
                extremes.stream().mapToLong(Extreme::index).toArray();
        private final @Nullable Step[] steps =
                extremes.stream().map(Extreme::step).toArray(Step[]::new);

        SortedMap<Long, Entry> entries() {
            SortedMap<Long, Entry> entries = new TreeMap<>();
            for (int i = 0; i < lists.size(); i++) {
                for (Kept kept : lists.get(i)) {
                    Entry entry = entries.computeIfAbsent(kept.index(), index -> new Entry());
                    entry.lists |= 1 << i;
                    entry.content = kept.content();
                }
            }
            for (int i = 0; i < steps.length; i++) {
                Step step = steps[i];
                if (step != null) {
                    Entry entry = entries.computeIfAbsent(indices[i], index -> new Entry());
                    entry.lists |= 1 << (lists.size() + i);
                    entry.step = step;
                }
            }
            return entries;
        }
    }

    Trace trace(boolean whole) {
        List<Step> steps =
                new Keepers().entries().values().stream().map(this::step).toList();
        List<Magnitudes> read = magnitudes.kept().stream()
                .flatMap(kept -> codec.readMagnitudes(ByteBuffer.wrap(kept.content())).stream())
                .toList();
        List<Series> series = new ArrayList<>(measures.ofRun(ofRun));
        series.addAll(measures.ofLayers(ofLayers));
        return new Trace(model, prospect, steps, validations, read, series, seen, whole);
    }

    private Step step(Entry entry) {
        if (entry.step != null) {
            return entry.step;
        }
        return codec.readStep(ByteBuffer.wrap(content(entry)));
    }

    private static byte[] content(Entry entry) {
        byte[] content = entry.content;
        if (content == null) {
            throw new IllegalStateException("an entry has its bytes or its step");
        }
        return content;
    }

    /** Fixes everything as it is now, so that it can be written on another thread while the run goes on. */
    Snapshot snapshot(boolean complete) {
        Keepers keepers = new Keepers();
        List<Validation> scores = List.copyOf(validations);
        List<Kept> read = List.copyOf(magnitudes.kept());
        Buckets run = ofRun.copy();
        Buckets layers = ofLayers.copy();
        Bytes state = new Bytes(1 << 10);
        writeState(state);
        return new Snapshot(events(), prospect, sink -> {
            for (Map.Entry<Long, Entry> one : keepers.entries().entrySet()) {
                sink.record(TraceFile.KEPT, out -> writeEntry(out, one.getKey(), one.getValue()));
            }
            for (Validation score : scores) {
                sink.record(TraceFile.VALIDATION, out -> StepCodec.write(out, score));
            }
            for (Kept reading : read) {
                sink.record(TraceFile.MAGNITUDES_KEPT, out -> {
                    out.putCount(reading.index());
                    out.put(reading.content(), reading.content().length);
                });
            }
            for (Row row : run.closed()) {
                sink.record(TraceFile.RUN_ROW, row::write);
            }
            for (Row row : layers.closed()) {
                sink.record(TraceFile.LAYER_ROW, row::write);
            }
            sink.record(TraceFile.STATE, out -> {
                out.put(state.array(), state.size());
                run.writeState(out);
                layers.writeState(out);
            });
            if (complete) {
                sink.record(TraceFile.END, out -> {});
            }
        });
    }

    private void writeEntry(Bytes out, long index, Entry entry) {
        out.putCount(index);
        out.putCount(entry.lists);
        byte[] content = entry.content;
        Step step = entry.step;
        if (content != null) {
            out.put(content, content.length);
        } else if (step != null) {
            codec.write(out, step);
        }
    }

    private void writeState(Bytes out) {
        out.putCount(seen);
        out.putCount(readings);
        out.putCount(validationsSeen);
        ofSteps.forEach(list -> list.writeState(out));
        magnitudes.writeState(out);
        losses.writeState(out);
        watched.writeState(out);
    }

    void restoreStep(ByteBuffer in) {
        long index = Bytes.count(in);
        long lists = Bytes.count(in);
        byte[] content = new byte[in.remaining()];
        in.get(content);
        Step step = codec.readStep(ByteBuffer.wrap(content));
        Kept kept = new Kept(index, content);
        for (int i = 0; i < ofSteps.size(); i++) {
            if ((lists & (1L << i)) != 0) {
                ofSteps.get(i).restore(kept);
            }
        }
        double[] layers = measures.layers(step);
        for (int i = 0; i < extremes.size(); i++) {
            if ((lists & (1L << (ofSteps.size() + i))) != 0) {
                extremes.get(i).offer(index, step, layers);
            }
        }
        seen++;
    }

    void restoreMagnitudes(ByteBuffer in) {
        long index = Bytes.count(in);
        byte[] content = new byte[in.remaining()];
        in.get(content);
        codec.readMagnitudes(ByteBuffer.wrap(content));
        magnitudes.restore(new Kept(index, content));
    }

    void restoreRunRow(ByteBuffer in) {
        require(ofRun.readRow(in));
    }

    void restoreLayerRow(ByteBuffer in) {
        require(ofLayers.readRow(in));
    }

    void restoreState(ByteBuffer in) {
        seen = Bytes.count(in);
        readings = Bytes.count(in);
        validationsSeen = Bytes.count(in);
        ofSteps.forEach(list -> require(list.readState(in)));
        require(magnitudes.readState(in));
        losses.readState(in);
        watched.readState(in);
        require(ofRun.readState(in));
        require(ofLayers.readState(in));
    }

    /** A record that contradicts others was not written by us: it counts as one that is cut off. */
    private static void require(boolean fits) {
        if (!fits) {
            throw new BufferUnderflowException();
        }
    }
}
