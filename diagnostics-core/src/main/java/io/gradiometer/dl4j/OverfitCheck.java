package io.gradiometer.dl4j;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Numbers;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Trains on one batch until it is known by heart.
 *
 * <p>A network that cannot do that has a fault that more data would not cure. Dropout, weight noise and regularisation are
 * there to prevent learning by heart, and are left out.
 */
final class OverfitCheck {

    static final String NAME = "canOverfitOneBatch";

    /** Explained on the batch, from 0 for the best constant answer to 1 for the labels themselves. */
    static final double SKILL = 0.9;

    static final int ITERATIONS = 300;
    /** Granted to a network that still gets better. */
    static final int MOST_ITERATIONS = 1000;

    private static final int BETWEEN_LOOKS = 10;
    private static final int RECENT_LOOKS = 10;
    private static final double RISES = 0.02;

    private final Specimen specimen;
    private final MultiDataSet batch;
    private final BatchYardstick yardstick;
    private final List<Double> skills = new ArrayList<>();

    OverfitCheck(Specimen specimen, MultiDataSet batch) {
        this.specimen = specimen;
        this.batch = batch;
        this.yardstick = BatchYardstick.of(specimen, batch);
        if (Double.isNaN(yardstick.constant())) {
            throw new UnfitException("it cannot be told what a constant answer would cost on these labels under this"
                    + " network's loss function, so it cannot be told either whether the network beats it");
        } else if (!yardstick.tells()) {
            throw new UnfitException("all labels of the batch are equal, so that a constant answers them;"
                    + " give a batch with labels that differ");
        }
    }

    CheckResult run() {
        look();
        int iteration = 0;
        while (last() < SKILL && goesOn(iteration)) {
            OwnThread.stopIfAbandoned();
            specimen.fit(batch);
            iteration++;
            if (iteration % BETWEEN_LOOKS == 0) {
                look();
            }
        }
        return result(iteration);
    }

    private void look() {
        skills.add(yardstick.skill(specimen.loss(batch, true)));
    }

    private double last() {
        return skills.get(skills.size() - 1);
    }

    private boolean goesOn(int iteration) {
        // Beyond finite numbers there is no way back.
        return Double.isFinite(last()) && (iteration < ITERATIONS || (iteration < MOST_ITERATIONS && gain() > RISES));
    }

    /** Returns by how much skill rose in the last hundred iterations. */
    private double gain() {
        return last() - skills.get(Math.max(0, skills.size() - 1 - RECENT_LOOKS));
    }

    private CheckResult result(int iterations) {
        List<Fact> facts = List.of(
                Fact.of("skill on the batch", last(), SKILL),
                Fact.of("skill before", skills.get(0)),
                Fact.of(
                        "gain in the last " + Math.min(iterations, RECENT_LOOKS * BETWEEN_LOOKS) + " iterations",
                        gain()),
                Fact.of("loss of the best constant answer", yardstick.constant()));
        String trained = " on the same " + Batches.examples(batch) + " examples for " + iterations + " iterations";
        if (last() >= SKILL) {
            return CheckResult.passed(NAME, "Trained" + trained + ", the network knows them by heart.", facts);
        } else if (!Double.isFinite(last())) {
            return CheckResult.failed(
                    NAME,
                    "Trained" + trained + ", the network's loss is no finite number any more.",
                    facts,
                    List.of(
                            "a tenth of the learning rate",
                            "scaled features and labels (NormalizerStandardize)",
                            "assertThat(network).gradientsAreCorrect(batch), if there is a layer or loss of your own"));
        }
        return CheckResult.failed(
                NAME,
                "Trained" + trained + ", the network still explains only " + Numbers.percent(Math.max(0, last()))
                        + " of what tells their labels apart.",
                facts,
                gain() > RISES ? slow() : stuck());
    }

    private static List<String> slow() {
        return List.of(
                "a higher learning rate, or Adam: it still gets better, but too slowly",
                "another initialisation: WeightInit.RELU for ReLU, XAVIER for tanh");
    }

    private static List<String> stuck() {
        return List.of(
                "an output layer that can express the labels: softmax with MCXENT for classes, sigmoid with XENT for"
                        + " yes and no, identity with MSE for numbers",
                "assertThat(network).dependsOnInput(batch): a layer may have lost the input",
                "assertThat(network).gradientsAreCorrect(batch), if there is a layer or loss of your own",
                "a learning rate ten times higher or lower",
                "a look at the batch: equal features with different labels cannot be told apart");
    }
}
