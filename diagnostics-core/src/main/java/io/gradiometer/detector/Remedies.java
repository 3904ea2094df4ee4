package io.gradiometer.detector;

import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Remedy;
import java.util.List;

/** Remedies of detectors that judge a course; those of gradients are in {@link Advice}. */
final class Remedies {

    private Remedies() {}

    static Remedy rectifier(ActivityTrack layer) {
        if (layer.view.isOutput()) {
            return Advice.linearOutput(layer.name(), layer.activation());
        }
        return Remedy.untried(
                "relu-activation",
                "use relu with He's initialisation instead of " + layer.activation() + " in layer '" + layer.name()
                        + "': it is flat on one side only",
                ".activation(Activation.RELU).weightInit(WeightInit.RELU)");
    }

    static Remedy largerBatch() {
        return Remedy.untried(
                "larger-batch",
                "use larger batches: noise from batch to batch falls with the square root of their size",
                "new ListDataSetIterator<>(examples, 4 * batchSize)");
    }

    static Remedy longer(int passes, double times) {
        int to = (int) Math.ceil(passes * (1 + Math.min(times, 100)));
        return Remedy.untried(
                "train-longer",
                "train longer: " + passes + " → " + to + " passes over the data (the last half's pace, kept up)",
                "model.fit(iterator, " + to + ");");
    }

    static Remedy raiseLearningRate(LayerTrack layer, double from, double to, String reason) {
        return Remedy.untried(
                "raise-learning-rate",
                "raise the learning rate: " + Numbers.format(from) + " → " + Numbers.format(to) + " (" + reason + ")",
                ".updater(new " + layer.view.updater().name() + "(" + to + "))");
    }

    static Remedy matchOutput(String layer, String activation, String loss, String why) {
        return Remedy.untried(
                "match-loss-and-output",
                "use " + activation.toUpperCase(java.util.Locale.ROOT) + " with " + loss + " in output layer '" + layer
                        + "': " + why,
                "new OutputLayer.Builder(LossFunctions.LossFunction." + loss + ").activation(Activation."
                        + activation.toUpperCase(java.util.Locale.ROOT) + ")");
    }

    static Remedy standardizeTargets(double rms) {
        return Remedy.untried(
                "standardize-targets",
                "standardise the targets: their root mean square is " + Numbers.format(rms)
                        + ", and outputs and errors begin at about 1",
                "NormalizerStandardize normalizer = new NormalizerStandardize();\nnormalizer.fitLabel(true);\n"
                        + "normalizer.fit(iterator);\niterator.setPreProcessor(normalizer);");
    }

    static Remedy soundInitialization(List<LayerTrack> layers) {
        return Advice.soundInitialization(layers);
    }

    static Remedy cleanLabels(String what) {
        return Remedy.untried("clean-labels", what, "");
    }
}
