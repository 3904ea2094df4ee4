package io.gradiometer.junit;

import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.UpdaterView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shapes that networks have. */
enum SpecimenModel {
    STACK("a stack of layers"),
    ONE_LAYER("a network of one layer"),
    NO_LAYERS("a network without layers");

    private final String words;

    SpecimenModel(String words) {
        this.words = words;
    }

    ModelView view() {
        List<LayerView> layers = layers();
        long parameters = layers.stream()
                .flatMap(layer -> layer.parameters().stream())
                .mapToLong(ParameterView::length)
                .sum();
        return new ModelView("MultiLayerNetwork", layers, parameters, "FLOAT", "CpuBackend", 42);
    }

    private List<LayerView> layers() {
        return switch (this) {
            case STACK -> List.of(hidden("hidden", false), norm(), hidden("frozen", true), output());
            case ONE_LAYER -> List.of(output());
            case NO_LAYERS -> List.of();
        };
    }

    @Override
    public String toString() {
        return words;
    }

    private static LayerView hidden(String name, boolean frozen) {
        return layer(name, "DenseLayer", "relu", frozen, null, weights());
    }

    private static LayerView output() {
        return layer("output", "OutputLayer", "softmax", false, "LossMCXENT", weights());
    }

    private static LayerView norm() {
        return layer(
                "norm",
                "BatchNormalization",
                null,
                false,
                null,
                List.of(new ParameterView("gamma", Role.SCALE, 4), new ParameterView("mean", Role.STATISTIC, 4)));
    }

    private static List<ParameterView> weights() {
        return List.of(new ParameterView("W", Role.WEIGHT, 16), new ParameterView("b", Role.BIAS, 4));
    }

    private static LayerView layer(
            String name,
            String type,
            @Nullable String activation,
            boolean frozen,
            @Nullable String loss,
            List<ParameterView> parameters) {
        boolean weighted = parameters.get(0).role().isWeight();
        return new LayerView(
                name,
                type,
                activation,
                weighted ? "XAVIER" : null,
                UpdaterView.plain("Sgd", 0.1),
                frozen,
                loss,
                weighted ? 4 : 0,
                weighted ? 4 : 0,
                parameters);
    }
}
