package io.gradiometer.dl4j;

import io.gradiometer.signal.ActivationStats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the layers of one {@code SameDiff} gave in an iteration, reduced to numbers while it was there. */
final class SameDiffOutputs {

    /** Losses that take the last axis for the classes; of others that is known where there is no further axis than the examples'. */
    private static final Set<String> CLASSES_LAST = Set.of(
            "softmax_cross_entropy_loss", "sparse_softmax_cross_entropy_loss_with_logits", "sigm_cross_entropy_loss");

    private final List<SameDiffSlot> slots;
    private final Map<String, List<Integer>> layersOf = new HashMap<>();
    private final List<ActivationReader> readers = new ArrayList<>();
    private final Map<Integer, AnswerReader> heads = new HashMap<>();
    private final Block block = new Block();
    private final ActivationStats[] stats;
    private final List<List<Double>> predicted = new ArrayList<>();
    private boolean known;

    SameDiffOutputs(List<SameDiffSlot> slots) {
        this.slots = slots;
        this.stats = new ActivationStats[slots.size()];
        Arrays.fill(stats, ActivationStats.UNREAD);
        for (SameDiffSlot slot : slots) {
            SameDiffOutput output = slot.output();
            layersOf.computeIfAbsent(output.variable(), name -> new ArrayList<>())
                    .add(readers.size());
            readers.add(new ActivationReader(FlatPart.of(activation(output.activation())), output.units(), 1));
            predicted.add(List.of());
        }
    }

    /** Finds an activation by its name; not all that a {@code SameDiff} has are known to Deeplearning4j. */
    private static @Nullable IActivation activation(@Nullable String name) {
        for (Activation activation : Activation.values()) {
            if (activation.name().equalsIgnoreCase(name)) {
                return activation.getActivationFunction();
            }
        }
        return null;
    }

    /** Tells whether these are outputs of given layers, so that what is remembered of silent units still holds. */
    boolean areOf(List<SameDiffSlot> layers) {
        return layers.equals(slots);
    }

    /** Returns the variables to be handed in. */
    Set<String> variables() {
        return layersOf.keySet();
    }

    /** Forgets what was read in the last iteration, and not which units were ever active. */
    void forget() {
        if (known) {
            Arrays.fill(stats, ActivationStats.UNREAD);
            predicted.replaceAll(shares -> List.of());
            known = false;
        }
    }

    /** Reads a variable. */
    void read(String variable, INDArray array) {
        List<Integer> layers = layersOf.get(variable);
        if (layers != null) {
            known = true;
            for (int layer : layers) {
                read(layer, array);
            }
        }
    }

    private void read(int layer, INDArray array) {
        SameDiffOutput output = slots.get(layer).output();
        if (slots.get(layer).view().isOutput() && choosesClass(layer, array)) {
            AnswerReader.Answers answers = readAnswers(layer, array);
            stats[layer] = answers.stats();
            predicted.set(layer, answers.predicted());
        } else if (array.rank() >= 2 && !output.pending()) {
            readOutput(layer, array);
        }
    }

    private boolean choosesClass(int layer, INDArray array) {
        SameDiffOutput output = slots.get(layer).output();
        boolean ofClasses = "softmax".equals(output.activation()) || "sigmoid".equals(output.activation());
        boolean last = array.rank() <= 2
                || (output.pending()
                        && CLASSES_LAST.contains(slots.get(layer).view().loss()));
        return ofClasses && last && array.rank() > 0;
    }

    private AnswerReader.Answers readAnswers(int layer, INDArray array) {
        int classes = array.rank() == 1 ? 1 : (int) array.size(array.rank() - 1);
        block.load(array);
        int rows = classes == 0 ? 0 : Math.min(AnswerReader.MOST_ROWS, block.examples() * (block.width() / classes));
        if (rows == 0) {
            return AnswerReader.Answers.UNKNOWN;
        }
        double[] values = new double[rows * classes];
        for (int i = 0; i < values.length; i++) {
            values[i] = block.value(i / block.width(), i % block.width());
        }
        AnswerReader head = head(layer, classes);
        return slots.get(layer).output().pending() ? head.readSums(values, rows) : head.readOutputs(values, rows);
    }

    private AnswerReader head(int layer, int classes) {
        AnswerReader head = heads.get(layer);
        if (head == null || head.outputs() != classes) {
            head = new AnswerReader(
                    Objects.requireNonNull(activation(slots.get(layer).output().activation())), classes);
            heads.put(layer, head);
        }
        return head;
    }

    private void readOutput(int layer, INDArray array) {
        SameDiffOutput output = slots.get(layer).output();
        switch (output.axis()) {
            case BY_SIZE -> {
                block.load(array);
                stats[layer] = readers.get(layer).read(block, array, null);
            }
            case LAST -> stats[layer] = readRows(layer, array);
            case FIRST ->
                stats[layer] = array.rank() == 2 ? readRows(layer, array.transpose()) : ActivationStats.UNREAD;
        }
    }

    private ActivationStats readRows(int layer, INDArray array) {
        block.load(array);
        if (block.examples() == 0) {
            return ActivationStats.UNREAD;
        }
        int units = (int) array.size(array.rank() - 1);
        return readers.get(layer).read(block, units, 1, null, array.size(0));
    }

    ActivationStats stats(int layer) {
        return stats[layer];
    }

    List<Double> predicted(int layer) {
        return predicted.get(layer);
    }
}
