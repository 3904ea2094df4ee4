package io.gradiometer.detector;

import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Layers in a row, and what lies between those that multiply. */
final class Sequence {

    private Sequence() {}

    /** Returns layers that multiply and are followed, with nothing but linear layers in between, by another one. */
    static List<String> linearBeforeWeights(ModelView model) {
        List<String> found = new ArrayList<>();
        LayerView open = null;
        for (LayerView layer : model.layers()) {
            boolean multiplies = layer.fanIn() > 0
                    && layer.parameters().stream().anyMatch(p -> p.role().isWeight())
                    && !layer.type().startsWith("Embedding");
            if (multiplies && open != null) {
                found.add(open.name());
            }
            if (multiplies) {
                open = isLinear(layer) ? layer : null;
            } else if (bends(layer)) {
                open = null;
            }
        }
        return found;
    }

    private static boolean isLinear(LayerView layer) {
        return isIdentity(layer.activation())
                && (layer.type().startsWith("Dense") || layer.type().startsWith("Convolution"));
    }

    private static boolean isIdentity(@Nullable String activation) {
        return activation == null || activation.equals("identity");
    }

    /** Normalisation and pooling of maxima are no linear maps either; only dropout surely passes on what it gets. */
    private static boolean bends(LayerView layer) {
        return !layer.type().equals("DropoutLayer");
    }
}
