package io.gradiometer;

import io.gradiometer.signal.DropoutView;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.UpdaterView;
import java.util.ArrayList;
import java.util.List;

/** Builds the view of a network layer by layer, from input to output. */
public final class NetworkBuilder {

    private final List<LayerView> layers = new ArrayList<>();
    private String kind = "MultiLayerNetwork";
    private UpdaterView updater = UpdaterView.plain("Sgd", 0.01);

    NetworkBuilder() {}

    /** Makes it a graph, whose layers need not follow one another. */
    public NetworkBuilder graph() {
        kind = "ComputationGraph";
        return this;
    }

    /** Sets the updater of the layers that follow. */
    public NetworkBuilder updater(UpdaterView view) {
        updater = view;
        return this;
    }

    /** Sets plain stochastic gradient descent for the layers that follow. */
    public NetworkBuilder sgd(double learningRate) {
        return updater(UpdaterView.plain("Sgd", learningRate));
    }

    /** Sets Adam for the layers that follow. */
    public NetworkBuilder adam(double learningRate) {
        return updater(new UpdaterView("Adam", learningRate, true, 1e-8, "None", 1.0));
    }

    /** Adds a fully connected layer with weights {@code W} and bias {@code b}. */
    public NetworkBuilder dense(String name, int in, int out, String activation) {
        return layer(new LayerView(
                name, "DenseLayer", activation, "XAVIER", updater, false, null, in, out, weightsAndBias(in, out)));
    }

    /** Adds a layer of 4 by 4 weights without bias: its sizes are exact in binary, so that a value on a limit lies exactly there. */
    public NetworkBuilder exact(String name, String activation) {
        return layer(new LayerView(
                name,
                "DenseLayer",
                activation,
                "XAVIER",
                updater,
                false,
                null,
                4,
                4,
                List.of(new ParameterView("W", Role.WEIGHT, 16))));
    }

    /** Adds a fully connected layer that leaves something to chance. */
    public NetworkBuilder dropping(String name, int in, int out, String activation, DropoutView dropout) {
        return dropping(name, in, out, activation, false, dropout);
    }

    /** Adds one that is kept from learning, and so leaves nothing to chance. */
    public NetworkBuilder frozenDropping(String name, int in, int out, String activation, DropoutView dropout) {
        return dropping(name, in, out, activation, true, dropout);
    }

    private NetworkBuilder dropping(
            String name, int in, int out, String activation, boolean frozen, DropoutView dropout) {
        return layer(new LayerView(
                name,
                "DenseLayer",
                activation,
                "XAVIER",
                updater,
                frozen,
                null,
                in,
                out,
                List.of(dropout),
                weightsAndBias(in, out)));
    }

    /** Adds a fully connected layer that is kept from learning. */
    public NetworkBuilder frozen(String name, int in, int out, String activation) {
        return layer(new LayerView(
                name, "FrozenLayer", activation, "XAVIER", updater, true, null, in, out, weightsAndBias(in, out)));
    }

    /** Adds a batch normalisation with gain, offset and its two running statistics. */
    public NetworkBuilder batchNorm(String name, int units) {
        return batchNorm(name, units, "var");
    }

    /** Adds a batch normalisation that keeps the logarithm of its deviation, as is customary. */
    public NetworkBuilder batchNormOfLogarithms(String name, int units) {
        return batchNorm(name, units, "log10stdev");
    }

    private NetworkBuilder batchNorm(String name, int units, String spread) {
        List<ParameterView> parameters = List.of(
                new ParameterView("gamma", Role.SCALE, units),
                new ParameterView("beta", Role.SCALE, units),
                new ParameterView("mean", Role.STATISTIC, units),
                new ParameterView(spread, Role.STATISTIC, units));
        return layer(
                new LayerView(name, "BatchNormalization", null, null, updater, false, null, units, units, parameters));
    }

    /** Adds an LSTM, which multiplies by the same recurrent weights in each time step. */
    public NetworkBuilder lstm(String name, int in, int units) {
        List<ParameterView> parameters = List.of(
                new ParameterView("W", Role.WEIGHT, 4L * in * units),
                new ParameterView("RW", Role.RECURRENT_WEIGHT, 4L * units * units),
                new ParameterView("b", Role.BIAS, 4L * units));
        return layer(new LayerView(name, "LSTM", "tanh", "XAVIER", updater, false, null, in, units, parameters));
    }

    /** Adds a layer without parameters, such as {@code SubsamplingLayer}. */
    public NetworkBuilder plain(String name, String type) {
        return layer(new LayerView(name, type, null, null, updater, false, null, 0, 0, List.of()));
    }

    /** Adds an output layer; its activation follows from the loss. */
    public NetworkBuilder output(String name, int in, int out, String loss) {
        String activation =
                switch (loss) {
                    case "mcxent" -> "softmax";
                    case "xent" -> "sigmoid";
                    default -> "identity";
                };
        return layer(new LayerView(
                name, "OutputLayer", activation, "XAVIER", updater, false, loss, in, out, weightsAndBias(in, out)));
    }

    /** Adds an output layer with an activation of its own; the loss is named as Deeplearning4j names its class. */
    public NetworkBuilder output(String name, int in, int out, String activation, String loss) {
        return layer(new LayerView(
                name, "OutputLayer", activation, "XAVIER", updater, false, loss, in, out, weightsAndBias(in, out)));
    }

    /** Adds any layer. */
    public NetworkBuilder layer(LayerView view) {
        layers.add(view);
        return this;
    }

    private static List<ParameterView> weightsAndBias(int in, int out) {
        return List.of(new ParameterView("W", Role.WEIGHT, (long) in * out), new ParameterView("b", Role.BIAS, out));
    }

    /** Builds the view, of 32-bit numbers on a CPU, with seed 42. */
    public ModelView build() {
        long parameters = layers.stream()
                .flatMap(layer -> layer.parameters().stream())
                .mapToLong(ParameterView::length)
                .sum();
        return new ModelView(kind, layers, parameters, "FLOAT", "CPU", 42);
    }
}
