package io.gradiometer.benchmarks;

import io.gradiometer.signal.ActivationStats;
import io.gradiometer.signal.DataStep;
import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.ParameterStep;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import io.gradiometer.signal.UpdaterView;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A deep network that learns, made up step by step, and read on a schedule like the default's: everything at first, then in
 * every eighth iteration. Every step is made of objects of its own, so that what is kept of it takes the room that it would.
 */
final class SyntheticRun {

    private static final int LAYERS = 50;
    private static final int UNITS = 64;
    private static final int CLASSES = 10;
    private static final int EXAMPLES = 32;
    private static final int READ_WHOLE = 64;
    private static final int READ_EVERY = 8;
    private static final double RATE = 1e-3;

    private final Random random = new Random(42);
    private final ModelView model;
    private final List<LayerStep> unread;

    SyntheticRun() {
        List<LayerView> layers = new ArrayList<>();
        long parameters = 0;
        for (int i = 0; i < LAYERS; i++) {
            boolean output = i == LAYERS - 1;
            int width = output ? CLASSES : UNITS;
            layers.add(new LayerView(
                    "dense_" + i,
                    output ? "OutputLayer" : "DenseLayer",
                    output ? "softmax" : "relu",
                    "XAVIER",
                    new UpdaterView("Adam", RATE, true, 1e-8, "None", 1),
                    false,
                    output ? "mcxent" : null,
                    UNITS,
                    width,
                    List.of(
                            new ParameterView("W", Role.WEIGHT, (long) UNITS * width),
                            new ParameterView("b", Role.BIAS, width))));
            parameters += (UNITS + 1L) * width;
        }
        model = new ModelView("MultiLayerNetwork", layers, parameters, "FLOAT", "CpuBackend", 42);
        unread = layers.stream().map(LayerStep::unread).toList();
    }

    ModelView model() {
        return model;
    }

    Step step(int iteration) {
        boolean full = iteration < READ_WHOLE || iteration % READ_EVERY == 0;
        double constant = Math.log(CLASSES);
        double loss = constant * (0.3 + 0.7 * Math.exp(-iteration / 2000.0)) * noise();
        return new Step(
                iteration,
                iteration / 1000,
                EXAMPLES,
                loss,
                loss,
                constant,
                full,
                tensor(LAYERS * UNITS, 0.01),
                full ? DataStep.of(tensor(EXAMPLES * UNITS, 1), tensor(EXAMPLES * CLASSES, 0.3)) : DataStep.UNREAD,
                full ? layers() : unread);
    }

    private List<LayerStep> layers() {
        List<LayerStep> layers = new ArrayList<>(LAYERS);
        for (LayerView view : model.layers()) {
            List<ParameterStep> parameters = new ArrayList<>();
            for (ParameterView parameter : view.parameters()) {
                long length = parameter.length();
                parameters.add(new ParameterStep(
                        tensor(length, view.glorotScale()),
                        tensor(length, 0.01),
                        tensor(length, 0.01),
                        tensor(length, RATE * view.glorotScale()),
                        RATE));
            }
            List<Double> predicted = new ArrayList<>();
            for (int c = 0; view.isOutput() && c < CLASSES; c++) {
                predicted.add(noise() / CLASSES);
            }
            layers.add(new LayerStep(0.01 * noise(), outputs(), predicted, parameters));
        }
        return layers;
    }

    private ActivationStats outputs() {
        return new ActivationStats(EXAMPLES, 0.4 * noise(), noise(), 0.5 * noise(), 0.5, UNITS, 0, 2048, 0);
    }

    private TensorStats tensor(long length, double rms) {
        double scale = rms * noise();
        return new TensorStats(length, 0.8 * scale * length, scale * Math.sqrt(length), 3 * scale, 0, 0);
    }

    private double noise() {
        return 0.9 + 0.2 * random.nextDouble();
    }
}
