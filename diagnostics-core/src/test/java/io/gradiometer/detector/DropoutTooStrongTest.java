package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.INFO;

import io.gradiometer.NetworkBuilder;
import io.gradiometer.RunBuilder;
import io.gradiometer.signal.DropoutView;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DropoutTooStrongTest {

    private static DropoutTooStrong dropoutTooStrong() {
        return new DropoutTooStrong(DropoutTooStrong.Limits.DEFAULT);
    }

    private static NetworkBuilder dropping(DropoutView... each) {
        NetworkBuilder network = aNetwork();
        for (int i = 0; i < each.length; i++) {
            network.dropping("dense_" + i, 10, 10, "relu", each[i]);
        }
        return network.output("out", 10, 3, "mcxent");
    }

    /** A network with this dropout that reaches 0.3 where a simple model reaches 0.9. */
    private static RunBuilder run(DropoutView... each) {
        return aRun(dropping(each)).yardstick(0.9).each(s -> s.skill(0.3));
    }

    private static DropoutView keeping(double kept) {
        return new DropoutView("Dropout", kept);
    }

    @Nested
    class Fires {

        @Test
        void as_gravely_as_what_it_explains() {
            assertThatVerdict(dropoutTooStrong(), run(keeping(0.1)).each(s -> s.epoch(s.iteration() / 10)
                            .skill(0)))
                    .isFound(ERROR);
            assertThatVerdict(
                            dropoutTooStrong(),
                            run(keeping(0.45), keeping(0.45), keeping(0.45), keeping(0.45))
                                    .each(s -> s.epoch(s.iteration() / 10).skill(0)))
                    .isFound(ERROR);
        }

        @Test
        void on_a_probability_to_keep_that_was_meant_as_one_to_drop() {
            assertThatVerdict(dropoutTooStrong(), run(keeping(1), keeping(0.1)))
                    .isFound(INFO)
                    .inLayers("dense_1")
                    .saying("Dropout in 'dense_1' keeps no more than 10 % (limit 40 %); skill 0.3 at the end")
                    .withFact("probability to keep a value in 'dense_1'", 0.1)
                    .withFact("skill of a simple model", 0.9)
                    .withLimit("probability to keep a value in 'dense_1'", 0.4)
                    .withConfidence(0.8)
                    .seenIn(0, 49)
                    .detectedAt(49)
                    .saying("the number is the probability to keep a value, not to drop one: 0.1 drops 90 %")
                    .withRemedies("weaken-dropout")
                    .withRemedySaying("0.1 → 0.9");
        }

        @Test
        void and_writes_gaussian_dropout_as_the_rate_that_it_takes() {
            assertThatVerdict(dropoutTooStrong(), run(new DropoutView("GaussianDropout", 0.1)))
                    .notSaying("the number is the probability to keep a value")
                    .withRemedySaying("0.1 → 0.9")
                    .withRemedyCode(".dropOut(new GaussianDropout(0.1))");
        }

        @Test
        void and_names_every_layer_that_keeps_too_little() {
            assertThatVerdict(dropoutTooStrong(), run(keeping(0.3), keeping(0.4), keeping(0.2)))
                    .isFound(INFO)
                    .inLayers("dense_0", "dense_2")
                    .withFact("probability to keep a value in 'dense_2'", 0.2);
        }

        @Test
        void on_a_little_less_than_the_limit() {
            assertThatVerdict(dropoutTooStrong(), run(keeping(0.39))).isFound(INFO);
        }

        @Test
        void on_weights_that_are_hardly_ever_there() {
            assertThatVerdict(dropoutTooStrong(), run(new DropoutView("DropConnect", 0.05)))
                    .isFound(INFO)
                    .saying("DropConnect in 'dense_0' keeps");
        }

        @Test
        void on_moderate_dropout_in_very_many_layers() {
            // 0.5 to the power of 5 is 0.031; five layers that keep 0.871 each keep a half in all.
            assertThatVerdict(
                            dropoutTooStrong(),
                            run(keeping(0.5), keeping(0.5), keeping(0.5), keeping(0.5), keeping(0.5)))
                    .isFound(INFO)
                    .inLayers("dense_0", "dense_1", "dense_2", "dense_3", "dense_4")
                    .withFact("share of the example behind all dropout", 0.03125)
                    .withRemedySaying("0.5 → 0.871");
        }

        @Test
        void on_a_network_that_learned_nothing_where_no_simple_model_is_known() {
            assertThatVerdict(dropoutTooStrong(), aRun(dropping(keeping(0.1))).each(s -> s.skill(0)))
                    .isFound(INFO);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void without_dropout() {
            assertThatVerdict(dropoutTooStrong(), aRun().each(s -> s.skill(0))).isNotApplicable();
            assertThatVerdict(dropoutTooStrong(), run(keeping(1))).isNotApplicable();
        }

        @Test
        void on_noise_that_drops_nothing_and_on_schedules() {
            assertThatVerdict(dropoutTooStrong(), run(new DropoutView("GaussianNoise", Double.NaN)))
                    .isNotApplicable();
        }

        @Test
        void on_a_frozen_layer_which_drops_nothing() {
            assertThatVerdict(
                            dropoutTooStrong(),
                            aRun(aNetwork()
                                            .frozenDropping("frozen", 10, 10, "relu", keeping(0.1))
                                            .output("out", 10, 3, "mcxent"))
                                    .each(s -> s.skill(0)))
                    .isNotApplicable();
        }

        @Test
        void on_the_usual_half() {
            assertThatVerdict(dropoutTooStrong(), run(keeping(0.5), keeping(0.5), keeping(0.8)))
                    .isClear();
        }

        @Test
        void on_moderate_dropout_in_many_branches_of_a_graph() {
            DropoutView half = keeping(0.5);
            assertThatVerdict(
                            dropoutTooStrong(),
                            aRun(dropping(half, half, half, half, half).graph())
                                    .yardstick(0.9)
                                    .each(s -> s.skill(0.3)))
                    .isClear();
        }

        @Test
        void on_the_limit_itself() {
            assertThatVerdict(dropoutTooStrong(), run(keeping(0.4))).isClear();
        }

        @Test
        void on_strong_dropout_in_a_network_that_learns() {
            assertThatVerdict(dropoutTooStrong(), run(keeping(0.1)).each(s -> s.skill(0.85)))
                    .isClear();
        }

        @Test
        void where_a_simple_model_learns_nothing_either() {
            assertThatVerdict(
                            dropoutTooStrong(), run(keeping(0.1)).yardstick(0.1).each(s -> s.skill(0)))
                    .isClear();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_ten_iterations() {
            assertThatVerdict(dropoutTooStrong(), run(keeping(0.1)).steps(9))
                    .isInconclusive("1 more iteration (9 seen, 10 needed)");
            assertThatVerdict(dropoutTooStrong(), run(keeping(0.1)).steps(10)).isFound(INFO);
        }
    }
}
