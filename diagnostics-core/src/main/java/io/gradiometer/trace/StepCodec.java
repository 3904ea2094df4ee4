package io.gradiometer.trace;

import io.gradiometer.signal.ActivationStats;
import io.gradiometer.signal.ColumnStats;
import io.gradiometer.signal.DataStep;
import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.LogHistogram;
import io.gradiometer.signal.Magnitudes;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.ParameterStep;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import io.gradiometer.signal.Validation;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What was measured, as bytes and back: exact, and without the parts that were not read or say the same twice.
 *
 * <p>Some hundred bytes for a parameter and seventy for a step of which only the loss was read. Whatever does not decode
 * throws {@link BufferUnderflowException}.
 */
final class StepCodec {

    private static final int FULL = 1;
    private static final int LAYERS_UNREAD = 2;
    private static final int DATA_UNREAD = 4;

    private static final int VALUE_EMPTY = 1;
    private static final int GRADIENT_EMPTY = 2;
    private static final int CLIPPED_EMPTY = 4;
    private static final int UPDATE_EMPTY = 8;
    private static final int NOT_CLIPPED = 16;

    private final List<LayerStep> unread;

    /** Layers that are known to equal the unread ones. Two threads may write here: whichever stays is right. */
    private final LayerStep[] known;

    StepCodec(ModelView model) {
        unread = model.layers().stream().map(LayerStep::unread).toList();
        known = unread.toArray(LayerStep[]::new);
    }

    void write(Bytes out, Step step) {
        boolean layersUnread = step.layers().isEmpty() || (!step.full() && isUnread(step.layers()));
        boolean dataUnread = step.data().equals(DataStep.UNREAD);
        out.put((step.full() ? FULL : 0) | (layersUnread ? LAYERS_UNREAD : 0) | (dataUnread ? DATA_UNREAD : 0));
        out.putInt(step.iteration());
        out.putInt(step.epoch());
        out.putInt(step.examples());
        out.putDouble(step.score());
        out.putDouble(step.loss());
        out.putDouble(step.constantLoss());
        writeStats(out, step.watched());
        if (!dataUnread) {
            writeData(out, step.data());
        }
        if (!layersUnread) {
            out.putCount(step.layers().size());
            for (LayerStep layer : step.layers()) {
                writeLayer(out, layer);
            }
        }
    }

    /** Compares each layer in depth but once: whoever measures has the same ones for all steps. */
    @SuppressWarnings("ReferenceEquality") // that very layer
    private boolean isUnread(List<LayerStep> layers) {
        boolean nothingRead = layers.size() == known.length;
        for (int i = 0; nothingRead && i < known.length; i++) {
            LayerStep layer = layers.get(i);
            if (layer != known[i]) {
                nothingRead = layer.equals(unread.get(i));
                known[i] = nothingRead ? layer : known[i];
            }
        }
        return nothingRead;
    }

    Step readStep(ByteBuffer in) {
        int flags = in.get();
        int iteration = in.getInt();
        int epoch = in.getInt();
        int examples = in.getInt();
        double score = in.getDouble();
        double loss = in.getDouble();
        double constantLoss = in.getDouble();
        TensorStats watched = readStats(in);
        DataStep data = has(flags, DATA_UNREAD) ? DataStep.UNREAD : readData(in);
        List<LayerStep> layers = has(flags, LAYERS_UNREAD) ? unread : readList(in, StepCodec::readLayer);
        requireShapeOf(layers);
        boolean full = has(flags, FULL);
        return new Step(iteration, epoch, examples, score, loss, constantLoss, full, watched, data, layers);
    }

    /** Whoever reads a step pairs its layers and their parameters with the network's. */
    private void requireShapeOf(List<LayerStep> layers) {
        boolean fits = layers.size() == unread.size();
        for (int i = 0; fits && i < layers.size(); i++) {
            fits = layers.get(i).parameters().size()
                    == unread.get(i).parameters().size();
        }
        if (!fits) {
            throw new BufferUnderflowException();
        }
    }

    private static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }

    private static void writeData(Bytes out, DataStep data) {
        writeStats(out, data.features());
        writeStats(out, data.labels());
        writeColumns(out, data.inputColumns());
        writeColumns(out, data.labelColumns());
    }

    private static DataStep readData(ByteBuffer in) {
        return new DataStep(
                readStats(in), readStats(in), readList(in, StepCodec::readColumn), readList(in, StepCodec::readColumn));
    }

    private static void writeColumns(Bytes out, List<ColumnStats> columns) {
        out.putCount(columns.size());
        for (ColumnStats column : columns) {
            out.putCount(column.count());
            out.putDouble(column.mean());
            out.putDouble(column.deviation());
            out.putDouble(column.min());
            out.putDouble(column.max());
            out.putCount(column.nonFinite());
        }
    }

    private static ColumnStats readColumn(ByteBuffer in) {
        return new ColumnStats(
                Bytes.count(in), in.getDouble(), in.getDouble(), in.getDouble(), in.getDouble(), Bytes.count(in));
    }

    private static void writeLayer(Bytes out, LayerStep layer) {
        out.putDouble(layer.signal());
        writeActivations(out, layer.outputs());
        out.putCount(layer.predicted().size());
        for (double share : layer.predicted()) {
            out.putDouble(share);
        }
        out.putCount(layer.parameters().size());
        for (ParameterStep parameter : layer.parameters()) {
            writeParameter(out, parameter);
        }
    }

    private static LayerStep readLayer(ByteBuffer in) {
        return new LayerStep(
                in.getDouble(),
                readActivations(in),
                readList(in, ByteBuffer::getDouble),
                readList(in, StepCodec::readParameter));
    }

    private static void writeActivations(Bytes out, ActivationStats stats) {
        boolean read = !stats.equals(ActivationStats.UNREAD);
        out.put(read ? 1 : 0);
        if (read) {
            out.putCount(stats.rows());
            out.putDouble(stats.mean());
            out.putDouble(stats.rms());
            out.putDouble(stats.spread());
            out.putDouble(stats.flat());
            out.putCount(stats.units());
            // From -1 on, where it means nothing.
            out.putCount(stats.silent() + 1L);
            out.putCount(stats.silentRows());
            out.putCount(stats.nonFinite());
        }
    }

    private static ActivationStats readActivations(ByteBuffer in) {
        if (in.get() == 0) {
            return ActivationStats.UNREAD;
        }
        return new ActivationStats(
                Bytes.count(in),
                in.getDouble(),
                in.getDouble(),
                in.getDouble(),
                in.getDouble(),
                (int) Bytes.count(in),
                (int) (Bytes.count(in) - 1),
                Bytes.count(in),
                Bytes.count(in));
    }

    private static void writeParameter(Bytes out, ParameterStep parameter) {
        boolean clips = !parameter.clipped().equals(parameter.gradient());
        int flags = flag(parameter.value(), VALUE_EMPTY)
                | flag(parameter.gradient(), GRADIENT_EMPTY)
                | flag(parameter.clipped(), CLIPPED_EMPTY)
                | flag(parameter.update(), UPDATE_EMPTY)
                | (clips ? 0 : NOT_CLIPPED);
        out.put(flags);
        writeUnless(out, has(flags, VALUE_EMPTY), parameter.value());
        writeUnless(out, has(flags, GRADIENT_EMPTY), parameter.gradient());
        writeUnless(out, has(flags, CLIPPED_EMPTY | NOT_CLIPPED), parameter.clipped());
        writeUnless(out, has(flags, UPDATE_EMPTY), parameter.update());
        out.putDouble(parameter.learningRate());
    }

    private static int flag(TensorStats stats, int empty) {
        return stats.equals(TensorStats.EMPTY) ? empty : 0;
    }

    private static void writeUnless(Bytes out, boolean implied, TensorStats stats) {
        if (!implied) {
            writeStats(out, stats);
        }
    }

    private static ParameterStep readParameter(ByteBuffer in) {
        int flags = in.get();
        TensorStats value = has(flags, VALUE_EMPTY) ? TensorStats.EMPTY : readStats(in);
        TensorStats gradient = has(flags, GRADIENT_EMPTY) ? TensorStats.EMPTY : readStats(in);
        TensorStats clipped = gradient;
        if (!has(flags, NOT_CLIPPED)) {
            clipped = has(flags, CLIPPED_EMPTY) ? TensorStats.EMPTY : readStats(in);
        }
        TensorStats update = has(flags, UPDATE_EMPTY) ? TensorStats.EMPTY : readStats(in);
        return new ParameterStep(value, gradient, clipped, update, in.getDouble());
    }

    private static void writeStats(Bytes out, TensorStats stats) {
        out.putCount(stats.length());
        out.putDouble(stats.l1());
        out.putDouble(stats.l2());
        out.putDouble(stats.max());
        out.putCount(stats.zeros());
        out.putCount(stats.nonFinite());
    }

    private static TensorStats readStats(ByteBuffer in) {
        return new TensorStats(
                Bytes.count(in), in.getDouble(), in.getDouble(), in.getDouble(), Bytes.count(in), Bytes.count(in));
    }

    static void write(Bytes out, Validation validation) {
        out.putInt(validation.iteration());
        out.putDouble(validation.score());
    }

    static Validation readValidation(ByteBuffer in) {
        return new Validation(in.getInt(), in.getDouble());
    }

    static void write(Bytes out, List<Magnitudes> reading) {
        out.putCount(reading.size());
        for (Magnitudes magnitudes : reading) {
            out.putInt(magnitudes.iteration());
            out.putCount(magnitudes.layer());
            out.putCount(magnitudes.parameter());
            writeHistogram(out, magnitudes.value());
            writeHistogram(out, magnitudes.gradient());
            writeHistogram(out, magnitudes.update());
        }
    }

    List<Magnitudes> readMagnitudes(ByteBuffer in) {
        return readList(in, this::readMagnitude);
    }

    private Magnitudes readMagnitude(ByteBuffer in) {
        int iteration = in.getInt();
        long layer = Bytes.count(in);
        long parameter = Bytes.count(in);
        if (layer < 0
                || layer >= unread.size()
                || parameter < 0
                || parameter >= unread.get((int) layer).parameters().size()) {
            throw new BufferUnderflowException();
        }
        return new Magnitudes(
                iteration, (int) layer, (int) parameter, readHistogram(in), readHistogram(in), readHistogram(in));
    }

    private static void writeHistogram(Bytes out, LogHistogram histogram) {
        out.putInt(histogram.lowest());
        out.putCount(histogram.counts().size());
        for (long count : histogram.counts()) {
            out.putCount(count);
        }
    }

    private static LogHistogram readHistogram(ByteBuffer in) {
        return new LogHistogram(in.getInt(), readList(in, Bytes::count));
    }

    private interface Item<T> {
        T readFrom(ByteBuffer in);
    }

    private static <T> List<T> readList(ByteBuffer in, Item<T> item) {
        int size = Bytes.size(in);
        List<T> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(item.readFrom(in));
        }
        return list;
    }
}
