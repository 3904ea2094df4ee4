package io.gradiometer.dl4j;

import io.gradiometer.signal.Yardstick;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** The examples of one output layer: of a network with several, of the first alone. */
final class OutputSamples {

    private final LayerSlot output;
    private final SampleLedger ledger;

    private OutputSamples(LayerSlot output, SampleLedger ledger) {
        this.output = output;
        this.ledger = ledger;
    }

    /** Finds the output; null in a network without one. */
    static @Nullable OutputSamples of(Layout layout, Model model) {
        Layer[] layers = Layout.layersOf(model);
        for (LayerSlot slot : layout.slots()) {
            org.deeplearning4j.nn.conf.layers.Layer configuration =
                    layers[slot.position()].conf().getLayer();
            ILossFunction loss = LayerReader.loss(configuration);
            if (loss != null) {
                boolean channelsLast = LabelLedger.hasChannelsLast(LayerReader.unwrap(configuration));
                return new OutputSamples(slot, new SampleLedger(LabelKind.of(loss), channelsLast));
            }
        }
        return null;
    }

    /** Counts the examples of an iteration. */
    void passed(int examples) {
        ledger.passed(examples);
    }

    /** Takes a batch, while more are wanted. */
    void read(Model model, List<INDArray> inputs) {
        OutputLabels labels = ledger.isOpen() ? OutputLabels.of(model, output) : null;
        if (labels != null) {
            ledger.read(inputs, labels.labels(), labels.mask());
        }
    }

    Yardstick yardstick() {
        return ledger.yardstick();
    }
}
