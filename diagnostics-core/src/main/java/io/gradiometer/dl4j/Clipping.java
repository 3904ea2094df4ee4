package io.gradiometer.dl4j;

import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.TensorStats;
import java.util.ArrayList;
import java.util.List;

/**
 * What Deeplearning4j's gradient normalisation leaves of a layer's gradients, reckoned from what they were.
 *
 * <p>It works on the whole of a layer's gradients, running statistics included, after the division by the batch. Where it only
 * multiplies, the result follows from the norms; where it cuts off element by element, the elements are read again.
 */
final class Clipping {

    private Clipping() {}

    /** Reads a parameter of the layer again, with every element cut off at the limit. */
    interface CutOff {
        TensorStats read(int parameter, double limit);
    }

    /**
     * Returns the clipped gradients.
     *
     * @param gradients means over the batch, in the order of the layer's parameters
     */
    static List<TensorStats> apply(LayerView layer, List<TensorStats> gradients, CutOff cutOff) {
        double threshold = layer.updater().clippingThreshold();
        double all = TensorStats.join(gradients).l2();
        return switch (layer.updater().clipping()) {
            case "ClipL2PerLayer" -> times(gradients, all > threshold ? threshold / all : 1);
            case "RenormalizeL2PerLayer" -> times(gradients, all > 0 ? 1 / all : 1);
            case "ClipL2PerParamType" ->
                gradients.stream()
                        .map(g -> g.l2() > threshold ? g.times(threshold / g.l2()) : g)
                        .toList();
            case "RenormalizeL2PerParamType" ->
                gradients.stream()
                        .map(g -> g.l2() > 0 ? g.times(1 / g.l2()) : g)
                        .toList();
            case "ClipElementWiseAbsoluteValue" -> cutOff(gradients, threshold, cutOff);
            default -> gradients;
        };
    }

    private static List<TensorStats> times(List<TensorStats> gradients, double factor) {
        return factor == 1
                ? gradients
                : gradients.stream().map(g -> g.times(factor)).toList();
    }

    private static List<TensorStats> cutOff(List<TensorStats> gradients, double threshold, CutOff cutOff) {
        List<TensorStats> clipped = new ArrayList<>(gradients.size());
        for (int p = 0; p < gradients.size(); p++) {
            TensorStats gradient = gradients.get(p);
            clipped.add(gradient.max() > threshold ? cutOff.read(p, threshold) : gradient);
        }
        return clipped;
    }
}
