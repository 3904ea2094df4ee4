package io.gradiometer.dl4j;

import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.TensorStats;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Where the gradients of a network lie in its flat buffer, layer by layer.
 *
 * <p>Leaves out what is no gradient: what layers that do not learn leave there, running statistics of batch normalisation, centres.
 */
final class GradientRanges {

    private final List<List<Range>> layers;

    private record Range(long start, long end) {}

    /** The ranges of the network that a listener is on: read once, and anew where it meets another one. */
    static final class OfOneNetwork {
        private WeakReference<Model> network = new WeakReference<>(null);
        private @Nullable GradientRanges known;

        /** @param begin what to do at the first gradient of a network */
        GradientRanges of(Model model, Runnable begin) {
            GradientRanges ranges = known;
            if (ranges == null || network.get() != model) {
                ranges = GradientRanges.of(model);
                known = ranges;
                network = new WeakReference<>(model);
                begin.run();
            }
            return ranges;
        }
    }

    private GradientRanges(List<List<Range>> layers) {
        this.layers = layers;
    }

    static GradientRanges of(Model model) {
        List<List<Range>> layers = new ArrayList<>();
        for (LayerSlot slot : Layout.of(model).slots()) {
            List<Range> ranges = slot.view().frozen() ? List.of() : ranges(slot);
            if (!ranges.isEmpty()) {
                layers.add(ranges);
            }
        }
        return new GradientRanges(layers);
    }

    private static List<Range> ranges(LayerSlot slot) {
        List<Range> ranges = new ArrayList<>();
        for (int p = 0; p < slot.offsets().size(); p++) {
            ParameterView parameter = slot.view().parameters().get(p);
            long start = slot.offsets().get(p);
            if (parameter.role().descends()) {
                ranges.add(new Range(start, start + parameter.length()));
            }
        }
        return ranges;
    }

    /** Returns the number of layers that learn. */
    int layers() {
        return layers.size();
    }

    TensorStats read(INDArray flat, TensorReader reader) {
        reader.begin();
        for (List<Range> layer : layers) {
            for (Range range : layer) {
                reader.add(flat.data(), range.start, range.end - range.start);
            }
        }
        return reader.end();
    }

    /** Returns views of all gradients. */
    List<INDArray> all(INDArray flat) {
        List<INDArray> views = new ArrayList<>();
        for (int layer = 0; layer < layers.size(); layer++) {
            views.addAll(ofLayer(flat, layer));
        }
        return views;
    }

    /** Returns views of one layer's gradients; the first that learns is 0. */
    List<INDArray> ofLayer(INDArray flat, int layer) {
        INDArray row = flat.reshape(flat.length());
        return layers.get(layer).stream()
                .map(range -> row.get(NDArrayIndex.interval(range.start, range.end)))
                .toList();
    }
}
