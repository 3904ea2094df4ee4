package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.INFO;
import static io.gradiometer.finding.Severity.WARNING;

import io.gradiometer.NetworkBuilder;
import io.gradiometer.RunBuilder;
import io.gradiometer.signal.TensorStats;
import io.gradiometer.signal.UpdaterView;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UnchangedWeightsTest {

    private static UnchangedWeights unchangedWeights() {
        return new UnchangedWeights(UnchangedWeights.Limits.DEFAULT);
    }

    private static NetworkBuilder network(double learningRate) {
        return aNetwork()
                .sgd(learningRate)
                .dense("dense_0", 10, 10, "tanh")
                .dense("dense_1", 10, 10, "tanh")
                .output("out", 10, 3, "mcxent");
    }

    private static RunBuilder creeping(double ratio) {
        return aRun().each(s -> s.updateRatio("dense_0", ratio).skill(0));
    }

    @Nested
    class Fires {

        @Test
        void on_frozen_layers_of_a_network_that_knows_little() {
            assertThatVerdict(
                            new UnchangedWeights(UnchangedWeights.Limits.DEFAULT),
                            aRun(aNetwork().frozen("base", 10, 10, "relu").output("out", 10, 3, "mcxent"))
                                    .each(s -> s.skill(0.2))
                                    .yardstick(0.9))
                    .isFound(WARNING)
                    .inLayers("base")
                    .saying("'base' is frozen and cannot learn")
                    .seenIn(0, 49)
                    .detectedAt(2)
                    .withFacts("frozen layers", "skill at the end", "skill of a simple model")
                    .withLimit("frozen layers", 0.0)
                    .withRemedies("unfreeze");
        }

        @Test
        void and_names_all_frozen_layers() {
            assertThatVerdict(
                            unchangedWeights(),
                            aRun(aNetwork()
                                            .frozen("base", 10, 10, "relu")
                                            .frozen("middle", 10, 10, "relu")
                                            .output("out", 10, 3, "mcxent"))
                                    .each(s -> s.skill(0.2))
                                    .yardstick(0.9))
                    .inLayers("base", "middle")
                    .saying("'base', 'middle' are frozen and cannot learn")
                    .withFact("frozen layers", 2);
        }

        @Test
        void on_a_layer_that_no_step_moved() {
            assertThatVerdict(unchangedWeights(), creeping(0))
                    .isFound(ERROR)
                    .inLayers("dense_0")
                    .seenIn(0, 49)
                    .detectedAt(2)
                    .saying("In 50 iterations layer 'dense_0' was moved by nothing at all; skill 0 at the end")
                    .withFact("way of 'dense_0' over its weights", 0)
                    .withLimit("way of 'dense_0' over its weights", 50 * 6e-8)
                    .withConfidence(0.99)
                    .notSaying("its gradient is exactly 0")
                    .withFact("skill at the end", 0)
                    .withRemedies("overfit-one-batch");
        }

        @Test
        void on_steps_that_single_precision_loses() {
            assertThatVerdict(unchangedWeights(), creeping(5.9e-8))
                    .isFound(ERROR)
                    .saying("layer 'dense_0' was moved by 2.95e-6 of the weights")
                    .withFact("way of 'dense_0' over its weights", 50 * 5.9e-8)
                    .withConfidence(0.95);
        }

        @Test
        void on_a_learning_rate_of_0_with_the_rate_to_take() {
            assertThatVerdict(unchangedWeights(), aRun(network(0)).each(s -> s.updateRatio("dense_0", 0)
                            .updateRatio("dense_1", 0)
                            .updateRatio("out", 0)
                            .skill(0)))
                    .isFound(ERROR)
                    .inLayers("dense_0", "dense_1", "out")
                    .saying("3 layers ('dense_0' to 'out') were moved by nothing at all")
                    .saying("its learning rate is 0")
                    .withRemedies("raise-learning-rate", "overfit-one-batch")
                    .withRemedySaying("0 → 0.1");
        }

        @Test
        void and_sets_the_rate_where_an_updater_takes_its_momentum_first() {
            assertThatVerdict(
                            unchangedWeights(),
                            aRun(aNetwork()
                                            .updater(UpdaterView.plain("Nesterovs", 0))
                                            .output("out", 10, 3, "mcxent"))
                                    .each(s -> s.updateRatio("out", 0).skill(0)))
                    .isFound(ERROR)
                    .withRemedyCode(".updater(new Nesterovs(0.1000, /* momentum as before */ 0.9))");
        }

        @Test
        void and_says_that_no_error_reaches_it() {
            assertThatVerdict(unchangedWeights(), aRun().each(s -> s.still("dense_0")
                            .skill(0)))
                    .isFound(ERROR)
                    .saying("its gradient is exactly 0");
        }

        @Test
        void after_three_iterations() {
            assertThatVerdict(unchangedWeights(), creeping(0).steps(3)).isFound(ERROR);
        }

        @Test
        void as_a_warning_where_a_simple_model_learns_far_more() {
            assertThatVerdict(
                            unchangedWeights(),
                            creeping(0).each(s -> s.skill(0.3)).yardstick(0.9))
                    .isFound(WARNING)
                    .withFact("skill of a simple model", 0.9);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_frozen_layers_of_a_network_that_learns() {
            assertThatVerdict(
                            new UnchangedWeights(UnchangedWeights.Limits.DEFAULT),
                            aRun(aNetwork().frozen("base", 10, 10, "relu").output("out", 10, 3, "mcxent"))
                                    .yardstick(0.8))
                    .isClear();
        }

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(unchangedWeights(), aRun()).isClear();
        }

        @Test
        void on_steps_that_single_precision_keeps() {
            assertThatVerdict(unchangedWeights(), creeping(6.1e-8)).isClear();
        }

        @Test
        void on_a_layer_that_moved_once() {
            assertThatVerdict(unchangedWeights(), creeping(0).at(7, s -> s.updateRatio("dense_0", 0.001)))
                    .isClear();
        }

        @Test
        void as_a_note_on_a_layer_that_a_network_learns_without() {
            assertThatVerdict(unchangedWeights(), creeping(0).each(s -> s.skill(0.9)))
                    .isFound(INFO);
        }

        @Test
        void on_a_normalization_that_stands_still() {
            assertThatVerdict(
                            unchangedWeights(),
                            aRun(aNetwork().batchNorm("norm", 10).output("out", 10, 3, "mcxent"))
                                    .each(s -> s.updateRatio("norm", 0).skill(0)))
                    .isClear();
        }

        @Test
        void on_a_network_without_weights_that_learn() {
            assertThatVerdict(unchangedWeights(), aRun(aNetwork().frozen("frozen", 10, 10, "tanh")))
                    .isNotApplicable();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_three_iterations() {
            assertThatVerdict(unchangedWeights(), creeping(0).steps(2))
                    .isInconclusive("1 more iteration (2 seen, 3 needed)");
        }

        @Test
        void once_the_loss_is_lost() {
            assertThatVerdict(unchangedWeights(), creeping(0).from(30, s -> s.loss(Double.NaN)))
                    .isInconclusive("a finite loss");
        }

        @Test
        void where_a_line_search_does_not_tell_its_steps() {
            assertThatVerdict(unchangedWeights(), aRun(network(0.01)).each(s -> {
                        for (String layer : new String[] {"dense_0", "dense_1", "out"}) {
                            s.update(layer, "W", TensorStats.EMPTY).update(layer, "b", TensorStats.EMPTY);
                        }
                    }))
                    .isInconclusive("steps that are known");
        }
    }
}
