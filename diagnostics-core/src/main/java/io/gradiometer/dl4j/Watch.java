package io.gradiometer.dl4j;

import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.TensorStats;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The small gradients that every error reaches, and that are therefore read in every iteration: those of biases, of
 * normalisations and of the output layers.
 */
final class Watch {

    /** An output layer larger than this is left to its bias. */
    private static final long LARGEST = 16_384;

    private final long[] starts;
    private final long[] lengths;

    private Watch(List<long[]> ranges) {
        starts = ranges.stream().mapToLong(range -> range[0]).toArray();
        lengths = ranges.stream().mapToLong(range -> range[1]).toArray();
    }

    static Watch of(Layout layout) {
        List<long[]> ranges = new ArrayList<>();
        for (LayerSlot slot : layout.slots()) {
            for (int p = 0; p < slot.offsets().size(); p++) {
                ParameterView parameter = slot.view().parameters().get(p);
                if (isWatched(slot.view(), parameter)) {
                    add(ranges, slot.offsets().get(p), parameter.length());
                }
            }
        }
        return new Watch(ranges);
    }

    private static boolean isWatched(LayerView layer, ParameterView parameter) {
        boolean small = parameter.role() == Role.BIAS || parameter.role() == Role.SCALE || layer.isOutput();
        return !layer.frozen() && parameter.role().descends() && small && parameter.length() <= LARGEST;
    }

    /** Ranges that follow on each other are read as one. */
    private static void add(List<long[]> ranges, long start, long length) {
        long[] last = ranges.isEmpty() ? new long[] {0, 0} : ranges.get(ranges.size() - 1);
        if (last[1] > 0 && last[0] + last[1] == start) {
            last[1] += length;
        } else {
            ranges.add(new long[] {start, length});
        }
    }

    TensorStats read(INDArray flatGradient, TensorReader reader) {
        reader.begin();
        for (int i = 0; i < starts.length; i++) {
            reader.add(flatGradient.data(), starts[i], lengths[i]);
        }
        return reader.end();
    }
}
