package io.gradiometer.dl4j;

import io.gradiometer.signal.ActivationStats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the layers of one network gave in the forward pass of an iteration, reduced to numbers while it was there. */
final class LayerOutputs {

    private final Layout layout;
    private final List<ActivationReader> readers;
    private final TensorReader tensors = new TensorReader();
    private final Map<Integer, OutputReader> heads = new HashMap<>();
    private final Block block = new Block();

    private final Map<String, Double> inputRms = new HashMap<>();
    private final ActivationStats[] stats;
    private final List<List<Double>> predicted;
    private boolean known;

    LayerOutputs(Layout layout) {
        this.layout = layout;
        this.readers = layout.slots().stream()
                .map(slot -> new ActivationReader(FlatPart.of(slot.activation()), slot.outputs(), slot.kept()))
                .toList();
        this.stats = new ActivationStats[layout.slots().size()];
        this.predicted = new ArrayList<>();
        layout.slots().forEach(slot -> predicted.add(List.of()));
        Arrays.fill(stats, ActivationStats.UNREAD);
    }

    /** Forgets what was read, since the next iteration will not be. */
    void forget() {
        if (known) {
            inputRms.clear();
            for (int i = 0; i < stats.length; i++) {
                stats[i] = ActivationStats.UNREAD;
                predicted.set(i, List.of());
            }
            known = false;
        }
    }

    /** Reads how large it is what comes to each layer. */
    void readSizes(Function<String, @Nullable INDArray> activations) {
        known = true;
        for (LayerSlot slot : layout.slots()) {
            if (slot.signalReadable() && !inputRms.containsKey(slot.source())) {
                INDArray input = activations.apply(slot.source());
                if (input != null) {
                    inputRms.put(slot.source(), tensors.read(input).rms());
                }
            }
        }
    }

    /** Reads what each layer gives. */
    void read(Model model, Function<String, @Nullable INDArray> activations) {
        Layer[] runtime = Layout.layersOf(model);
        INDArray labelMask = labelMask(runtime);
        for (int i = 0; i < layout.slots().size(); i++) {
            LayerSlot slot = layout.slots().get(i);
            INDArray input = activations.apply(slot.source());
            INDArray own = runtime[slot.position()].getMaskArray();
            INDArray mask = own == null ? labelMask : own;
            INDArray output = activations.apply(slot.output());
            if (output != null) {
                block.load(output);
                stats[i] = readers.get(i).read(block, output, mask);
            } else if (slot.view().isOutput() && input != null && input.rank() >= 2) {
                readHead(i, slot, runtime[slot.position()], input, model.params(), mask);
            }
        }
    }

    /** Recurrent layers do not keep their mask: what the loss leaves out, it leaves out of them, too. */
    private @Nullable INDArray labelMask(Layer[] runtime) {
        for (LayerSlot slot : layout.slots()) {
            if (slot.view().isOutput()) {
                return runtime[slot.position()].getMaskArray();
            }
        }
        return null;
    }

    private void readHead(
            int index, LayerSlot slot, Layer layer, INDArray input, INDArray parameters, @Nullable INDArray mask) {
        OutputReader head = heads.computeIfAbsent(index, i -> head(slot, layer, input));
        block.load(input);
        AnswerReader.Answers answers = head.read(block, input, parameters, mask);
        stats[index] = answers.stats();
        predicted.set(index, answers.predicted());
    }

    private static OutputReader head(LayerSlot slot, Layer layer, INDArray input) {
        org.deeplearning4j.nn.conf.layers.Layer configuration =
                LayerReader.unwrap(layer.conf().getLayer());
        IActivation given = slot.activation();
        IActivation activation = given == null ? new ActivationIdentity() : given;
        if (configuration instanceof BaseOutputLayer output) {
            return new OutputReader(
                    activation,
                    (int) slot.inputs(),
                    (int) slot.outputs(),
                    offset(slot, "W"),
                    output.hasBias() ? offset(slot, "b") : -1);
        } else if (configuration instanceof LossLayer
                || configuration instanceof RnnLossLayer
                || configuration instanceof CnnLossLayer) {
            int columns = (int) input.size(1);
            return new OutputReader(activation, columns, columns, -1, -1);
        }
        // A kind of output layer whose sum is not known: none is large enough.
        return new OutputReader(activation, Integer.MAX_VALUE, 1, 0, -1);
    }

    private static long offset(LayerSlot slot, String parameter) {
        for (int p = 0; p < slot.offsets().size(); p++) {
            if (slot.view().parameters().get(p).name().equals(parameter)) {
                return slot.offsets().get(p);
            }
        }
        return -1;
    }

    /** Returns the root mean square of what came to a layer, NaN where that was not read. */
    double inputRms(LayerSlot slot) {
        return inputRms.getOrDefault(slot.source(), Double.NaN);
    }

    ActivationStats stats(int layer) {
        return stats[layer];
    }

    List<Double> predicted(int layer) {
        return predicted.get(layer);
    }
}
