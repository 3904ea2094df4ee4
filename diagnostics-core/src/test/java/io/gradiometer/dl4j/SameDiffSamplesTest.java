package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.SameDiffNetworks.batches;
import static io.gradiometer.dl4j.SameDiffNetworks.classifier;
import static io.gradiometer.dl4j.SameDiffNetworks.withLoss;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.signal.Yardstick;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.learning.config.Sgd;

class SameDiffSamplesTest {

    private static Yardstick train(SameDiff network) {
        SameDiffSteps steps = new SameDiffSteps(network);
        network.fit(batches(20), 4);
        return steps.probe().yardstick();
    }

    @Test
    void a_classifier_is_measured_by_what_its_inputs_tell_of_the_classes() {
        Yardstick yardstick = train(classifier(new Sgd(0.1)));

        assertThat(yardstick.rows()).isEqualTo(320);
        assertThat(yardstick.examplesPerRow()).isEqualTo(4);
        assertThat(yardstick.linear()).isBetween(0.8, 1.0);
    }

    @Test
    void quantities_are_measured_in_squares() {
        Yardstick yardstick = train(withLoss(
                new Sgd(0.1),
                (labels, out) -> labels.getSameDiff().loss().meanSquaredError("loss", labels, out, null)));

        assertThat(yardstick.linear()).isBetween(0.5, 0.95);
    }

    @Test
    void what_a_loss_of_the_users_makes_of_labels_is_unknown() {
        Yardstick yardstick = train(withLoss(
                new Sgd(0.1), (labels, out) -> labels.squaredDifference(out).mean("loss")));

        assertThat(yardstick).isEqualTo(Yardstick.UNKNOWN);
    }
}
