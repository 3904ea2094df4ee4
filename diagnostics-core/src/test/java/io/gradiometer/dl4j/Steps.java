package io.gradiometer.dl4j;

import io.gradiometer.signal.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Feeds a probe from real callbacks and keeps every step, with a look at the model in between. */
final class Steps extends BaseTrainingListener {

    final Probe probe;
    final List<Step> all = new ArrayList<>();
    private final Consumer<Model> atGradient;

    Steps(Model model) {
        this(model, m -> {});
    }

    Steps(Model model, boolean exact) {
        this(model, exact, m -> {});
    }

    Steps(Model model, Consumer<Model> atGradient) {
        this(model, false, atGradient);
    }

    private Steps(Model model, boolean exact, Consumer<Model> atGradient) {
        this.probe = new Probe(model, exact);
        this.atGradient = atGradient;
        model.addListeners(this);
    }

    @Override
    public void onForwardPass(Model model, List<INDArray> activations) {
        probe.forward(model, activations);
    }

    @Override
    public void onForwardPass(Model model, Map<String, INDArray> activations) {
        probe.forward(model, activations);
    }

    @Override
    public void onGradientCalculation(Model model) {
        probe.gradient(model);
        atGradient.accept(model);
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        Step step = probe.done(model, iteration, epoch);
        if (step != null) {
            all.add(step);
        }
    }
}
