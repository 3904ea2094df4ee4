package io.gradiometer.dl4j;

import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.UpdaterView;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A {@code SameDiff} as the probe walks through it: its layers, and which variable of the training holds what.
 *
 * <p>Holds names only, so that observing keeps no network alive.
 *
 * @param view its shape
 * @param slots its layers
 * @param gradients name of each gradient's variable, to where its parameter stands
 * @param places name of each parameter, to where it stands
 * @param loss reads the loss
 */
record SameDiffLayout(
        ModelView view,
        List<SameDiffSlot> slots,
        Map<String, Place> gradients,
        Map<String, Place> places,
        LossReader loss) {

    /**
     * Where a parameter stands.
     *
     * @param layer index of its layer
     * @param parameter index in its layer
     */
    record Place(int layer, int parameter) {}

    /**
     * Reads a network that is about to train.
     *
     * @param network of the user's
     * @param graph of the network with its gradients, which is what trains
     */
    static SameDiffLayout of(SameDiff network, SameDiff graph) {
        List<String> losses = network.getLossVariables();
        Map<String, String> gradientNames = gradientNames(network, graph);
        ForwardGraph forward = new ForwardGraph(graph, losses);
        List<LossTerm> terms = LossTerm.of(forward, losses);
        TrainingConfig training = network.getTrainingConfig();
        List<SameDiffSlot> slots =
                SameDiffLayers.of(forward, gradientNames.keySet(), terms, updater(training.getUpdater()));
        Map<String, Place> places = places(slots);
        Map<String, Place> gradients = new HashMap<>();
        gradientNames.forEach((parameter, gradient) -> {
            if (places.containsKey(parameter)) {
                gradients.put(gradient, places.get(parameter));
            }
        });
        Set<String> computed = new HashSet<>(gradientNames.values());
        if (training.getTrainEvaluations() != null) {
            computed.addAll(training.getTrainEvaluations().keySet());
        }
        LossReader loss = new LossReader(forward, losses, terms, forward.upstream(computed));
        return new SameDiffLayout(view(slots, graph), slots, gradients, places, loss);
    }

    /** Returns the gradient variable of each parameter that training changes. */
    private static Map<String, String> gradientNames(SameDiff network, SameDiff graph) {
        Map<String, String> names = new LinkedHashMap<>();
        for (SDVariable variable : network.variables()) {
            if (variable.getVariableType() == VariableType.VARIABLE
                    && variable.dataType().isFPType()) {
                SDVariable gradient = graph.getVariable(variable.name()).getGradient();
                if (gradient != null) {
                    names.put(variable.name(), gradient.name());
                }
            }
        }
        return names;
    }

    private static Map<String, Place> places(List<SameDiffSlot> slots) {
        Map<String, Place> places = new HashMap<>();
        for (int i = 0; i < slots.size(); i++) {
            for (int p = 0; p < slots.get(i).variables().size(); p++) {
                places.put(slots.get(i).variables().get(p), new Place(i, p));
            }
        }
        return places;
    }

    private static ModelView view(List<SameDiffSlot> slots, SameDiff graph) {
        List<LayerView> layers = slots.stream().map(SameDiffSlot::view).toList();
        long parameters = layers.stream()
                .map(LayerView::parameters)
                .flatMap(Collection::stream)
                .mapToLong(ParameterView::length)
                .sum();
        String dtype = slots.isEmpty()
                ? ""
                : graph.getVariable(slots.get(0).variables().get(0)).dataType().name();
        // A SameDiff has no seed: its parameters are drawn from the random state of the whole JVM.
        return new ModelView(
                "SameDiff",
                layers,
                parameters,
                dtype,
                Nd4j.getBackend().getClass().getSimpleName(),
                0);
    }

    private static UpdaterView updater(@Nullable IUpdater updater) {
        if (updater == null) {
            return UpdaterView.plain("none", Double.NaN);
        }
        double epsilon = LayerReader.epsilon(updater);
        return new UpdaterView(
                updater.getClass().getSimpleName(),
                updater.getLearningRate(0, 0),
                !Double.isNaN(epsilon),
                epsilon,
                "None",
                1.0);
    }
}
