package io.gradiometer.detector;

import io.gradiometer.finding.Change;
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
                ".activation(Activation.RELU).weightInit(WeightInit.RELU)",
                Change.NONE.in(List.of(layer.name())));
    }

    static Remedy largerBatch(double from) {
        int to = (int) Math.ceil(4 * from);
        return Remedy.untried(
                "larger-batch",
                "use larger batches: " + Numbers.format(from) + " → " + to
                        + ", for noise from batch to batch falls with the square root of their size",
                "new ListDataSetIterator<>(examples, " + to + ")",
                Change.of("batch", to));
    }

    static Remedy longer(int passes, double times) {
        int to = (int) Math.ceil(passes * (1 + Math.min(times, 100)));
        return Remedy.untried(
                "train-longer",
                "train longer: " + passes + " → " + to + " passes over the data (at the pace of its end)",
                "model.fit(iterator, " + to + ");",
                Change.of("times", (double) to / passes));
    }

    static Remedy raiseLearningRate(LayerTrack layer, double from, double to, String reason) {
        return Remedy.untried(
                "raise-learning-rate",
                "raise the learning rate: " + Numbers.format(from) + " → " + Numbers.format(to) + " (" + reason + ")",
                Advice.updater(layer, to),
                Change.of("from", from).and("learning-rate", to));
    }

    static Remedy matchOutput(String layer, String activation, String loss, String why) {
        return Remedy.untried(
                "match-loss-and-output",
                "use " + activation.toUpperCase(java.util.Locale.ROOT) + " with " + loss + " in output layer '" + layer
                        + "': " + why,
                "new OutputLayer.Builder(LossFunctions.LossFunction." + loss + ").activation(Activation."
                        + activation.toUpperCase(java.util.Locale.ROOT) + ")",
                Change.NONE.and("activation", activation).and("loss", loss).in(List.of(layer)));
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

    static Remedy checkGradients() {
        return Remedy.untried(
                "check-gradients",
                "let gradientsAreCorrect say which layer's gradient is not the slope of the loss: it compares them on one batch,"
                        + " and begins with what is your own (layers, losses, activations)",
                "assertThat(network).gradientsAreCorrect(batch);");
    }

    static Remedy unclipped(String layer) {
        return Remedy.untried(
                "unclip-batch-norm",
                "clip the other layers only: set GradientNormalization.None on the batch normalisation '" + layer + "'",
                "new BatchNormalization.Builder().gradientNormalization(GradientNormalization.None)",
                Change.NONE.in(List.of(layer)));
    }

    static Remedy cleanLabels(String what) {
        return Remedy.untried("clean-labels", what, "");
    }

    static Remedy smallerBatch(double from) {
        // Fewer than 32 are slow to compute and gain little; who counts less as large is to get less still.
        int to = (int) Math.max(Math.min(32, from / 2), from / 8);
        return Remedy.untried(
                "smaller-batch",
                "use smaller batches: " + Numbers.format(from) + " → " + to + ", for " + Numbers.format(from / to)
                        + " times as many steps in a pass",
                "new ListDataSetIterator<>(examples, " + to + ")",
                Change.of("batch", to));
    }

    static Remedy weightClasses(double largest) {
        return Remedy.untried(
                "weight-classes",
                "weigh rare classes up in the loss, or draw them more often, in all by "
                        + Numbers.format(largest / (1 - largest)) + ", so that they count as much as the largest one",
                "new LossMCXENT(Nd4j.createFromArray(weights))");
    }

    static Remedy shuffle() {
        return Remedy.untried(
                "shuffle",
                "shuffle the examples before they are cut into batches",
                "Collections.shuffle(examples, random);");
    }

    static Remedy lessRegularization(double share) {
        double divisor = Math.ceil(10 * share / (1 - share));
        return Remedy.untried(
                "weaken-regularization",
                "divide L1 and L2 by " + Numbers.format(divisor) + ", so that the penalty is a tenth of the loss",
                ".l2(1e-4)",
                Change.of("divisor", divisor));
    }

    static Remedy weakerDropout(String type, double from, double to) {
        String code =
                switch (type) {
                    case "Dropout" -> ".dropOut(" + Numbers.format(to) + ")";
                    case "DropConnect" -> ".weightNoise(new DropConnect(" + Numbers.format(to) + "))";
                    case "GaussianDropout" -> ".dropOut(new GaussianDropout(" + Numbers.format(1 - to) + "))";
                    default -> ".dropOut(new " + type + "(" + Numbers.format(to) + "))";
                };
        return Remedy.untried(
                "weaken-dropout",
                "keep more of the values: " + Numbers.format(from) + " → " + Numbers.format(to)
                        + " as the probability to keep one",
                code,
                Change.NONE.and("type", type).and("from", from).and("keep", to));
    }

    static Remedy activation(String layer) {
        return Remedy.untried(
                "add-nonlinearity",
                "give layer '" + layer + "' an activation, or leave it out",
                ".activation(Activation.RELU).weightInit(WeightInit.RELU)",
                Change.NONE.in(List.of(layer)));
    }

    static Remedy removeOrConnect(String layer) {
        return Remedy.untried(
                "remove-layer",
                "leave layer '" + layer + "' out, or connect it to what the loss is computed from",
                "",
                Change.NONE.in(List.of(layer)));
    }

    static Remedy moreUnits(String layer, long from) {
        long to = Math.max(16, 8 * from);
        return Remedy.untried(
                "more-units",
                "give layer '" + layer + "' more units: " + from + " → " + to,
                ".nOut(" + to + ")",
                Change.of("units", to).in(List.of(layer)));
    }

    static Remedy adam(String from) {
        return Remedy.untried(
                "adam",
                "use Adam instead of " + from + ": it divides each step by the gradient's own size",
                ".updater(new Adam(1e-3))",
                Change.of("learning-rate", 1e-3));
    }

    static Remedy stopAt(int iteration) {
        return Remedy.untried(
                "early-stopping",
                "stop at iteration " + iteration + ", where the validation score was best",
                "new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()",
                Change.of("iteration", iteration));
    }

    static Remedy regularize() {
        return Remedy.untried(
                "regularize",
                "add L2 of 1e-4, or dropout that keeps 0.8",
                ".l2(1e-4).dropOut(0.8)",
                Change.of("l2", 1e-4).and("keep", 0.8));
    }

    static Remedy unfreeze(List<String> layers) {
        return Remedy.untried(
                "unfreeze",
                "let '" + String.join("', '", layers)
                        + "' learn: do not wrap what has learned nothing yet in a FrozenLayer",
                "new TransferLearning.Builder(model)",
                Change.NONE.in(layers));
    }
}
