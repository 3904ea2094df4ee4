package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.INFO;
import static io.gradiometer.finding.Severity.WARNING;

import io.gradiometer.RunBuilder;
import io.gradiometer.signal.ColumnStats;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What fits and what does not is {@link HeadTest}'s. */
class LossOutputMismatchTest {

    private static LossOutputMismatch lossOutputMismatch() {
        return new LossOutputMismatch(LossOutputMismatch.Limits.DEFAULT);
    }

    /** A regression of normally distributed labels. */
    private static RunBuilder regression(String activation, double deviation, double skill) {
        ColumnStats labels = new ColumnStats(32, 0, deviation, -2.5 * deviation, 2.5 * deviation, 0);
        return aRun(aNetwork().dense("dense", 10, 10, "tanh").output("out", 10, 1, activation, "LossMSE"))
                .each(s -> s.labelColumns(labels).skill(skill));
    }

    @Nested
    class Fires {

        @Test
        void on_an_output_that_cannot_reach_its_labels() {
            assertThatVerdict(lossOutputMismatch(), regression("sigmoid", 1, 0))
                    .isFound(ERROR)
                    .inLayers("out")
                    .seenIn(0, 49)
                    .detectedAt(0)
                    .saying("Output layer 'out' (sigmoid, LossMSE) does not fit its labels: labels go from -2.5 to 2.5")
                    .saying("labels lie between -2.5 and 2.5")
                    .withFact("columns of labels", 1)
                    .withFact("skill at the end", 0)
                    .withRemedies("match-loss-and-output")
                    .withRemedySaying("use IDENTITY with MSE");
        }

        @Test
        void in_the_first_iteration() {
            assertThatVerdict(lossOutputMismatch(), regression("sigmoid", 1, 0).steps(1))
                    .isFound(ERROR);
        }

        @Test
        void as_a_warning_however_low_a_loss_gets_that_means_nothing() {
            assertThatVerdict(lossOutputMismatch(), regression("sigmoid", 1, 0.9))
                    .isFound(WARNING);
        }

        @Test
        void as_a_warning_on_labels_partly_out_of_reach_where_a_simple_model_learns_far_more() {
            assertThatVerdict(lossOutputMismatch(), regression("tanh", 0.9, 0.3).yardstick(0.9))
                    .isFound(WARNING)
                    .withFact("skill of a simple model", 0.9);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_network_that_learns() {
            assertThatVerdict(lossOutputMismatch(), aRun()).isClear();
        }

        @Test
        void on_a_linear_output_that_learns_nothing() {
            assertThatVerdict(lossOutputMismatch(), regression("identity", 1, 0))
                    .isClear();
        }

        @Test
        void as_a_note_on_labels_partly_out_of_reach_of_a_network_that_learns() {
            assertThatVerdict(lossOutputMismatch(), regression("tanh", 0.9, 0.8))
                    .isFound(INFO);
        }

        @Test
        void on_several_outputs() {
            assertThatVerdict(
                            lossOutputMismatch(),
                            aRun(aNetwork()
                                            .output("one", 10, 1, "sigmoid", "LossMSE")
                                            .output("two", 10, 1, "mse"))
                                    .each(s -> s.labelColumns(new ColumnStats(32, 0, 1, -2.5, 2.5, 0))
                                            .skill(0)))
                    .isNotApplicable();
        }

        @Test
        void on_a_network_without_a_loss_of_its_own() {
            assertThatVerdict(lossOutputMismatch(), aRun(aNetwork().dense("dense", 10, 10, "tanh")))
                    .isNotApplicable();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void on_labels_that_were_not_described() {
            assertThatVerdict(lossOutputMismatch(), regression("sigmoid", 1, 0).each(s -> s.labelColumns()))
                    .isInconclusive("labels that could be described");
        }

        @Test
        void before_the_first_iteration() {
            assertThatVerdict(lossOutputMismatch(), regression("sigmoid", 1, 0).steps(0))
                    .isInconclusive("not one iteration");
        }
    }
}
