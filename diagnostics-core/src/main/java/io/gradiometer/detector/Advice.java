package io.gradiometer.detector;

import io.gradiometer.finding.Change;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Remedy;
import java.util.List;
import java.util.Locale;

/** Remedies as numbers and snippets; each detector decides when one applies. */
final class Advice {

    private Advice() {}

    static Remedy lowerLearningRate(LayerTrack worst, double from, double to, String reason) {
        return Remedy.untried(
                "lower-learning-rate",
                "lower the learning rate: " + Numbers.format(from) + " → " + Numbers.format(to) + " (" + reason + ")",
                updater(worst, to),
                Change.of("from", from).and("learning-rate", to));
    }

    /** Returns the line of a configuration that sets a layer's learning rate. */
    static String updater(LayerTrack layer, double rate) {
        return ".updater(new " + layer.view.updater().name() + "(" + literal(rate) + momentum(layer) + "))";
    }

    /** The one updater whose single-argument constructor takes something else than the learning rate. */
    private static String momentum(LayerTrack layer) {
        return layer.view.updater().name().equals("Nesterovs") ? ", /* momentum as before */ 0.9" : "";
    }

    /** Scales too small or too large initial weights to what their activation needs. */
    static Remedy soundInitialization(List<LayerTrack> layers) {
        LayerTrack first = layers.get(0);
        return Remedy.untried(
                first.rectifies() ? "he-initialization" : "xavier-initialization",
                "initialise " + names(layers) + " with " + first.soundLaw() + ": standard deviation "
                        + Numbers.format(first.firstWeightRms()) + " → " + Numbers.format(first.soundWeightRms())
                        + (layers.size() == 1 ? "" : " in '" + first.name() + "'"),
                first.rectifies() ? ".weightInit(WeightInit.RELU)" : ".weightInit(WeightInit.XAVIER)",
                Change.NONE.in(layers.stream().map(LayerTrack::name).toList()));
    }

    static Remedy rectifiers(List<LayerTrack> layers, String activation, double factor) {
        return Remedy.untried(
                "relu-activation",
                "replace " + activation + " by relu with He's initialisation in " + names(layers)
                        + ": the signal then keeps its size (factor 1 for each layer"
                        + (Double.isFinite(factor) ? " instead of " + Numbers.format(factor) : "") + ")",
                ".activation(Activation.RELU).weightInit(WeightInit.RELU)",
                Change.NONE.in(layers.stream().map(LayerTrack::name).toList()));
    }

    static Remedy batchNormalization(int layers) {
        return Remedy.untried(
                "batch-normalization",
                "put a BatchNormalization after each of the " + layers + " layers before the output",
                ".layer(new BatchNormalization.Builder().build())");
    }

    static Remedy fewerLayers(int from, int to, double factor) {
        return Remedy.untried(
                "fewer-layers",
                "use at most " + to + (to == 1 ? " layer" : " layers") + " of this kind instead of " + from
                        + " (each costs a factor of "
                        + Numbers.format(factor) + ", and a tenth is what sound networks lose)",
                "",
                Change.of("from", from).and("layers", to));
    }

    static Remedy clipping(double threshold, String reason) {
        return Remedy.untried(
                "clip-l2-per-layer",
                "clip the gradient of each layer to a norm of " + Numbers.format(threshold) + " (" + reason + ")",
                ".gradientNormalization(GradientNormalization.ClipL2PerLayer).gradientNormalizationThreshold("
                        + literal(threshold) + ")",
                Change.of("threshold", threshold));
    }

    static Remedy standardizeInput(double rms) {
        return Remedy.untried(
                "standardize-input",
                "standardise the inputs: their root mean square is " + Numbers.format(rms)
                        + ", initialisations assume about 1",
                "NormalizerStandardize normalizer = new NormalizerStandardize();\n"
                        + "normalizer.fit(iterator);\niterator.setPreProcessor(normalizer);");
    }

    static Remedy leakyRectifiers(List<String> layers) {
        return Remedy.untried(
                "leaky-relu",
                "use LeakyReLU (slope 0.01) in " + nameAll(layers)
                        + ", so that a silent unit still receives a gradient",
                ".activation(Activation.LEAKYRELU)",
                Change.NONE.in(layers));
    }

    static Remedy linearOutput(String layer, String activation) {
        return Remedy.untried(
                "identity-output",
                "use the identity instead of " + activation + " in output layer '" + layer
                        + "': a regression output must not be able to switch off",
                ".activation(Activation.IDENTITY)",
                Change.NONE.in(List.of(layer)));
    }

    /** Rounds down to two digits, for a bound must not be rounded above itself. */
    static double roundDown(double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            return value;
        }
        double unit = Math.pow(10, Math.floor(Math.log10(value)) - 1);
        return Math.floor(value / unit) * unit;
    }

    static Remedy overfitOneBatch() {
        return Remedy.untried(
                "overfit-one-batch",
                "train on a single batch until its loss is near 0: if it does not get there, network or labels are at"
                        + " fault, not the amount of training",
                "assertThat(model).canOverfitOneBatch(batch);");
    }

    static String names(List<LayerTrack> layers) {
        return nameAll(layers.stream().map(LayerTrack::name).toList());
    }

    private static String nameAll(List<String> layers) {
        if (layers.size() == 1) {
            return "layer '" + layers.get(0) + "'";
        }
        return layers.size() + " layers ('" + layers.get(0) + "' to '" + layers.get(layers.size() - 1) + "')";
    }

    private static String literal(double value) {
        return String.format(Locale.ROOT, value < 1e-3 || value >= 1e6 ? "%.1e" : "%.4g", value);
    }
}
