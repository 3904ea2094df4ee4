package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.WARNING;

import io.gradiometer.NetworkBuilder;
import io.gradiometer.RunBuilder;
import io.gradiometer.signal.ColumnStats;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UnscaledTargetTest {

    private static UnscaledTarget unscaledTarget() {
        return new UnscaledTarget(UnscaledTarget.Limits.DEFAULT);
    }

    private static NetworkBuilder regression() {
        return aNetwork().dense("dense", 10, 10, "tanh").output("out", 10, 1, "identity", "LossMSE");
    }

    /** Targets around 0 of that root mean square. */
    private static ColumnStats target(double rms) {
        return new ColumnStats(32, 0, rms, -3 * rms, 3 * rms, 0);
    }

    private static RunBuilder learnsNothing(NetworkBuilder network, ColumnStats... targets) {
        return aRun(network)
                .each(s -> s.epoch(s.iteration() / 10).skill(0).labelColumns(targets))
                .yardstick(0.9);
    }

    @Nested
    class Fires {

        @Test
        void on_targets_in_thousands() {
            assertThatVerdict(unscaledTarget(), learnsNothing(regression(), target(1), target(1000)))
                    .isFound(ERROR)
                    .inLayers("out")
                    .seenIn(0, 49)
                    .detectedAt(0)
                    .withConfidence(0.65)
                    .withFact("root mean square of the targets", 1000)
                    .withLimit("root mean square of the targets", 100.0)
                    .withFact("skill at the end", 0)
                    .withFact("skill of a simple model", 0.9)
                    .saying("The targets have a root mean square of 1000, where outputs begin at about 1; skill 0")
                    .withRemedies("standardize-targets")
                    .withRemedySaying("root mean square is 1000");
        }

        @Test
        void on_targets_a_little_larger_than_a_hundred() {
            assertThatVerdict(unscaledTarget(), learnsNothing(regression(), target(101)))
                    .isFound(ERROR);
        }

        @Test
        void on_targets_far_from_zero_that_hardly_vary() {
            assertThatVerdict(
                            unscaledTarget(),
                            learnsNothing(regression(), new ColumnStats(32, -2020, 0.5, -2021, -2019, 0)))
                    .isFound(ERROR);
        }

        @Test
        void on_targets_so_large_that_the_answers_look_like_one() {
            assertThatVerdict(
                            unscaledTarget(),
                            learnsNothing(regression(), target(1e8)).steps(25).each(s -> s.epoch(0)))
                    .isFound(ERROR);
        }

        @Test
        void with_less_confidence_than_a_learning_rate_however_large_they_are() {
            assertThatVerdict(unscaledTarget(), learnsNothing(regression(), target(1e8)))
                    .withConfidence(0.74);
        }

        @Test
        void as_a_warning_where_the_network_learned_something() {
            assertThatVerdict(
                            unscaledTarget(),
                            learnsNothing(regression(), target(1000)).steps(60).each(s -> s.epoch(s.iteration() / 6)
                                    .skill(s.iteration() / 6 % 2 == 0 ? 0.3 : 0.5)))
                    .isFound(WARNING);
        }

        @Test
        void in_the_first_iteration_on_a_loss_that_is_lost() {
            assertThatVerdict(
                            unscaledTarget(),
                            learnsNothing(regression(), target(1000)).steps(1).each(s -> s.loss(Double.NaN)))
                    .isFound(ERROR);
        }

        @Test
        void in_the_iterations_that_were_seen_of_a_network_that_goes_on_training() {
            assertThatVerdict(
                            unscaledTarget(),
                            learnsNothing(regression(), target(1000)).each(s -> s.iterationIs(5_000 + s.iteration())))
                    .seenIn(5_000, 5_049)
                    .detectedAt(5_000);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(unscaledTarget(), aRun(regression())).isClear();
        }

        @Test
        void on_large_targets_that_the_network_learns() {
            assertThatVerdict(unscaledTarget(), aRun(regression()).each(s -> s.labelColumns(target(1000))))
                    .isClear();
        }

        @Test
        void on_large_targets_where_nobody_knows_whether_there_is_anything_to_learn() {
            assertThatVerdict(unscaledTarget(), aRun(regression()).each(s -> s.skill(0)
                            .labelColumns(target(1000))))
                    .isClear();
        }

        @Test
        void on_large_targets_of_a_network_that_lost_its_way_only_for_a_while() {
            assertThatVerdict(
                            unscaledTarget(),
                            aRun(regression())
                                    .each(s -> s.labelColumns(target(1000)))
                                    .at(12, s -> s.loss(Double.NaN)))
                    .isClear();
        }

        @Test
        void on_targets_a_little_smaller_than_a_hundred() {
            assertThatVerdict(unscaledTarget(), learnsNothing(regression(), target(99)))
                    .isClear();
        }

        @Test
        void on_classes() {
            assertThatVerdict(unscaledTarget(), learnsNothing(aNetwork().output("out", 10, 3, "mcxent"), target(1000)))
                    .isNotApplicable();
        }

        @Test
        void on_outputs_that_squash() {
            assertThatVerdict(
                            unscaledTarget(),
                            learnsNothing(aNetwork().output("out", 10, 1, "tanh", "LossMSE"), target(1000)))
                    .isNotApplicable();
        }

        @Test
        void on_logarithms_of_probabilities() {
            assertThatVerdict(
                            unscaledTarget(),
                            learnsNothing(aNetwork().output("out", 10, 1, "identity", "LossBinaryXENT"), target(1000)))
                    .isNotApplicable();
        }

        @Test
        void on_two_outputs_whose_targets_cannot_be_told_apart() {
            assertThatVerdict(
                            unscaledTarget(),
                            learnsNothing(
                                    aNetwork()
                                            .output("price", 10, 1, "identity", "LossMSE")
                                            .output("size", 10, 1, "identity", "LossMSE"),
                                    target(1000),
                                    target(1)))
                    .isNotApplicable();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_the_first_iteration() {
            assertThatVerdict(unscaledTarget(), aRun(regression()).steps(0)).isInconclusive("not one iteration");
        }

        @Test
        void on_targets_that_were_not_described() {
            assertThatVerdict(unscaledTarget(), learnsNothing(regression()))
                    .isInconclusive("targets that could be described");
        }
    }
}
