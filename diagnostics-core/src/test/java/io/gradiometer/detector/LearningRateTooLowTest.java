package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.NetworkBuilder;
import io.gradiometer.RunBuilder;
import io.gradiometer.signal.ColumnStats;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.TensorStats;
import io.gradiometer.signal.UpdaterView;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LearningRateTooLowTest {

    private static final int STEPS = 60;
    private static final double RISE = 0.002;

    private static LearningRateTooLow learningRateTooLow() {
        return new LearningRateTooLow(LearningRateTooLow.Limits.DEFAULT);
    }

    /**
     * Six passes in which the skill rises to a tenth in even steps; gradients are such that the loss falls by {@code gain} of what
     * they promise.
     */
    private static RunBuilder slow(double gain, double updateRatio) {
        return slowOn(aNetwork().sgd(0.0123), gain, updateRatio);
    }

    private static RunBuilder slowOn(NetworkBuilder network, double gain, double updateRatio) {
        // First and last eighth of the losses are averaged, so that their middles are seven steps less apart than there
        // are.
        double fallen = Math.log(3) * RISE * (STEPS - 7);
        double updateNorm = updateRatio * Math.sqrt(2.0 / 13) * Math.sqrt(33);
        double gradientNorm = fallen / gain / STEPS / updateNorm;
        return aRun(network.output("out", 10, 3, "mcxent"))
                .steps(STEPS)
                .each(s -> s.epoch(s.iteration() / 10)
                        .skill(RISE * s.iteration())
                        .updateRatio("out", updateRatio)
                        .gradientRms("out", gradientNorm / Math.sqrt(33)))
                .yardstick(0.9);
    }

    @Nested
    class Fires {

        @Test
        void on_steps_so_short_that_nothing_can_be_told_from_noise() {
            assertThatVerdict(learningRateTooLow(), slow(0.3, 9e-5).each(s -> s.skill(0.01)))
                    .isFound(WARNING)
                    .inLayers("out")
                    .withFacts("update ratio, usually", "skill at the end", "skill of a simple model")
                    .withFact("update ratio, usually", 9e-5)
                    .withLimit("update ratio, usually", 1e-4)
                    .withConfidence(0.85)
                    .withRemedies("raise-learning-rate")
                    .withRemedySaying(
                            "0.0123 → 0.36 (the fastest layer's steps are 9e-5 of its weights; aim for 0.003)");
        }

        @Test
        void and_makes_them_as_long_as_sound_ones_where_the_user_allows_more_than_a_factor_of_thirty() {
            LearningRateTooLow bold = new LearningRateTooLow(new LearningRateTooLow.Limits(0.5, 1e-4, 3e-3, 1_000, 3));

            assertThatVerdict(bold, slow(0.3, 8e-5).each(s -> s.skill(0.01))).withRemedySaying("0.0123 → 0.46 ");
        }

        @Test
        void on_short_steps_that_keep_what_their_gradients_promise() {
            assertThatVerdict(learningRateTooLow(), slow(0.6, 1e-3))
                    .isFound(WARNING)
                    .inLayers("out")
                    .seenIn(0, STEPS - 1)
                    .detectedAt(STEPS - 1)
                    .withConfidence(0.9)
                    .withFact("gain over what gradients promised", 0.6)
                    .withLimit("gain over what gradients promised", 0.5)
                    .withFact("update ratio, usually", 1e-3)
                    .withFact("skill gained over the last half", RISE * 29)
                    .withFact("skill at the end", RISE * 49.5)
                    .withFact("skill of a simple model", 0.9)
                    .saying("the loss fell by 60 % of what its gradients promised")
                    .withRemedies("raise-learning-rate")
                    .withRemedySaying("0.0123 → 0.036 (a gain ratio of 0.6 leaves room for it)");
        }

        @Test
        void just_above_what_steps_of_the_best_length_keep() {
            assertThatVerdict(learningRateTooLow(), slow(0.51, 1e-3)).isFound(WARNING);
        }

        @Test
        void and_raises_the_rate_by_the_room_that_the_curvature_leaves() {
            assertThatVerdict(learningRateTooLow(), slow(0.88, 0.01)).withRemedySaying("0.0123 → 0.051");
        }

        @Test
        void and_raises_it_no_further_than_a_noisy_ratio_can_tell() {
            assertThatVerdict(learningRateTooLow(), slow(0.999, 0.01)).withRemedySaying("0.0123 → 0.3 ");
        }

        @Test
        void and_proposes_a_snippet_that_leaves_the_momentum_alone() {
            ModelView model = aNetwork()
                    .updater(UpdaterView.plain("Nesterovs", 0.01))
                    .output("out", 10, 3, "mcxent")
                    .build();

            assertThat(Remedies.raiseLearningRate(LayerTrack.ofAll(model).get(0), 0.01, 0.1 + 0.2, "so")
                            .code())
                    .isEqualTo(".updater(new Nesterovs(0.3000, /* momentum as before */ 0.9))");
        }

        @Test
        void and_raises_it_by_a_factor_of_thirty_at_most() {
            assertThatVerdict(learningRateTooLow(), slow(0.6, 1e-5)).withRemedySaying("0.0123 → 0.36 ");
        }

        @Test
        void on_three_passes() {
            assertThatVerdict(learningRateTooLow(), slow(0.6, 1e-3).each(s -> s.epoch(s.iteration() / 20)))
                    .isFound(WARNING);
        }

        @Test
        void and_names_the_layer_that_moves_most() {
            RunBuilder run = aRun(aNetwork().dense("dense", 10, 10, "tanh").output("out", 10, 3, "mcxent"))
                    .steps(STEPS)
                    .each(s -> s.epoch(s.iteration() / 10)
                            .skill(RISE * s.iteration())
                            .updateRatio("dense", 2e-3))
                    .yardstick(0.9);

            assertThatVerdict(learningRateTooLow(), run).inLayers("dense").withFact("update ratio, usually", 2e-3);
        }

        @Test
        void with_less_confidence_on_inputs_that_are_not_scaled() {
            assertThatVerdict(
                            learningRateTooLow(),
                            slow(0.6, 1e-3).each(s -> s.inputColumns(new ColumnStats(32, 0, 10.1, -30, 30, 0))))
                    .withConfidence(0.6);
        }

        @Test
        void with_no_less_confidence_on_inputs_of_up_to_ten() {
            assertThatVerdict(
                            learningRateTooLow(),
                            slow(0.6, 1e-3).each(s -> s.inputColumns(new ColumnStats(32, 0, 9.9, -30, 30, 0))))
                    .withConfidence(0.9);
        }

        @Test
        void with_less_confidence_on_targets_that_are_not_scaled() {
            assertThatVerdict(
                            learningRateTooLow(),
                            slow(0.6, 1e-3).each(s -> s.labelColumns(new ColumnStats(32, 0, 101, -300, 300, 0))))
                    .withConfidence(0.6);
        }

        @Test
        void with_no_less_confidence_on_targets_of_up_to_a_hundred() {
            assertThatVerdict(
                            learningRateTooLow(),
                            slow(0.6, 1e-3).each(s -> s.labelColumns(new ColumnStats(32, 0, 99, -300, 300, 0))))
                    .withConfidence(0.9);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_customary_steps_after_which_the_skill_stands_still() {
            assertThatVerdict(learningRateTooLow(), slow(0.3, 1.1e-4).each(s -> s.skill(0.01)))
                    .isClear();
        }

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(learningRateTooLow(), aRun()).isClear();
        }

        @Test
        void on_steps_that_keep_less_than_those_of_the_best_length() {
            assertThatVerdict(learningRateTooLow(), slow(0.49, 1e-3)).isClear();
        }

        @Test
        void on_a_skill_that_does_not_rise() {
            assertThatVerdict(learningRateTooLow(), slow(0.6, 1e-3).from(30, s -> s.skill(0.1)))
                    .isClear();
        }

        @Test
        void on_a_network_not_far_from_what_a_simple_model_reaches() {
            assertThatVerdict(learningRateTooLow(), slow(0.6, 1e-3).yardstick(0.29))
                    .isClear();
        }

        @Test
        void where_it_is_not_known_whether_there_is_anything_to_learn() {
            assertThatVerdict(
                            learningRateTooLow(),
                            slow(0.6, 1e-3)
                                    .each(s -> s.skill(-0.2 + RISE * s.iteration()))
                                    .yardstick(Double.NaN))
                    .isClear();
        }

        @Test
        void where_another_symptom_has_another_cause() {
            // A value that was NaN, once: that is no matter of short steps.
            assertThatVerdict(
                            learningRateTooLow(),
                            slow(0.6, 1e-3).at(20, s -> s.update("out", "b", new TensorStats(3, 0, 0, 0, 0, 3))))
                    .isClear();
        }

        @Test
        void where_gradients_promise_nothing() {
            assertThatVerdict(learningRateTooLow(), slow(0.6, 1e-3).each(s -> s.gradientRms("out", 0)))
                    .isClear();
        }

        @Test
        void once_the_loss_is_lost() {
            assertThatVerdict(learningRateTooLow(), slow(0.6, 1e-3).at(STEPS - 1, s -> s.loss(Double.NaN)))
                    .isClear();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_three_iterations() {
            assertThatVerdict(learningRateTooLow(), slow(0.6, 1e-3).steps(2)).isInconclusive("1 more iteration");
        }

        @Test
        void before_three_passes() {
            assertThatVerdict(learningRateTooLow(), slow(0.6, 1e-3).each(s -> s.epoch(s.iteration() / 30)))
                    .isInconclusive("in 3 passes over the data");
        }

        @Test
        void where_no_steps_are_known() {
            assertThatVerdict(learningRateTooLow(), slow(0.6, 1e-3).each(s -> s.update("out", "W", TensorStats.EMPTY)))
                    .isInconclusive("steps that are known");
        }

        @Test
        void and_has_nothing_to_say_of_an_updater_without_a_learning_rate() {
            assertThatVerdict(
                            learningRateTooLow(),
                            slowOn(aNetwork().updater(UpdaterView.plain("AdaDelta", Double.NaN)), 0.6, 1e-3))
                    .isNotApplicable();
        }

        @Test
        void where_nothing_moved() {
            assertThatVerdict(learningRateTooLow(), slow(0.6, 1e-3).each(s -> s.updateRatio("out", 0)))
                    .isInconclusive("steps that are known");
        }
    }
}
