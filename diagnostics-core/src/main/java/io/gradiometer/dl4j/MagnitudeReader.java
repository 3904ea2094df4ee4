package io.gradiometer.dl4j;

import io.gradiometer.signal.LogHistogram;
import io.gradiometer.signal.Magnitudes;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Counts how the magnitudes of every parameter that learns are spread, before and after the update of one iteration. */
final class MagnitudeReader {

    private MagnitudeReader() {}

    static List<Magnitudes> before(
            Layout layout, int iteration, INDArray parameters, INDArray gradient, TensorReader reader) {
        List<Magnitudes> all = new ArrayList<>();
        for (int layer = 0; layer < layout.slots().size(); layer++) {
            LayerSlot slot = layout.slots().get(layer);
            for (int p = 0; p < slot.offsets().size() && slot.view().learns(); p++) {
                LogHistogram value = histogram(slot, p, parameters.data(), reader);
                LogHistogram slope = histogram(slot, p, gradient.data(), reader);
                all.add(new Magnitudes(iteration, layer, p, value, slope, LogHistogram.NONE));
            }
        }
        return all;
    }

    static List<Magnitudes> after(Layout layout, List<Magnitudes> before, INDArray update, TensorReader reader) {
        return before.stream()
                .map(known -> new Magnitudes(
                        known.iteration(),
                        known.layer(),
                        known.parameter(),
                        known.value(),
                        known.gradient(),
                        histogram(layout.slots().get(known.layer()), known.parameter(), update.data(), reader)))
                .toList();
    }

    private static LogHistogram histogram(LayerSlot slot, int parameter, DataBuffer data, TensorReader reader) {
        return reader.histogram(
                data,
                slot.offsets().get(parameter),
                slot.view().parameters().get(parameter).length());
    }
}
