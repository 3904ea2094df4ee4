package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static io.gradiometer.Runs.tensor;
import static io.gradiometer.detector.VerdictAssert.assertThatVerdict;
import static io.gradiometer.finding.Severity.INFO;

import io.gradiometer.RunBuilder;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BrokenGradientTest {

    /** What gradients promise in each step. */
    private static final double PROMISE = 0.01;

    private static BrokenGradient brokenGradient() {
        return new BrokenGradient(BrokenGradient.Limits.DEFAULT);
    }

    /** Training of one weight and five passes, whose loss goes this way while its gradients promise as much in each step. */
    private static RunBuilder losing(double promise, IntToDoubleFunction loss) {
        return aRun(aNetwork().output("out", 1, 1, "mse")).each(s -> s.epoch(s.iteration() / 10)
                .loss(loss.applyAsDouble(s.iteration()))
                .gradient("out", "W", tensor(1, 1))
                .gradient("out", "b", tensor(1, 0))
                .update("out", "W", tensor(1, promise))
                .update("out", "b", tensor(1, 0)));
    }

    /** A loss that rises by this share of the promise in each step. */
    private static RunBuilder rising(double share) {
        return losing(PROMISE, i -> 1 + share * PROMISE * i);
    }

    @Nested
    class Fires {

        @Test
        void on_a_loss_that_rises_as_gradients_promise_that_it_falls() {
            assertThatVerdict(brokenGradient(), rising(1))
                    .isFound(INFO)
                    .saying("The loss rose by 88 % of what its gradients promised that it would fall")
                    .saying("gradients point the wrong way")
                    .seenIn(0, 49)
                    .detectedAt(49)
                    .withFacts("gain over what gradients promised", "factor by which the loss grew")
                    .withFact("gain over what gradients promised", -0.88)
                    .withLimit("gain over what gradients promised", -0.25)
                    .withFact("factor by which the loss grew", 1.43 / 1.055)
                    .withConfidence(0.8)
                    .withRemedies("check-gradients")
                    .withRemedySaying("gradientsAreCorrect");
        }

        @Test
        void on_a_loss_that_rises_by_a_third_of_the_promise() {
            assertThatVerdict(brokenGradient(), rising(0.33)).isFound(INFO);
        }

        @Test
        void on_a_loss_that_rises_by_exactly_a_quarter_of_the_promise() {
            // 32 steps promise 7/1024 each; from the first eighth to the last one the loss rises by 7 * 8/1024.
            assertThatVerdict(
                            brokenGradient(),
                            losing(7 / 1024.0, i -> 1 + Math.floorDiv(i, 4) * 8 / 1024.0)
                                    .steps(32))
                    .isFound(INFO)
                    .withFact("gain over what gradients promised", -0.25);
        }

        @Test
        void from_twenty_iterations_on() {
            assertThatVerdict(brokenGradient(), rising(1).steps(20).each(s -> s.epoch(s.iteration() / 5)))
                    .isFound(INFO)
                    .detectedAt(19);
        }

        @Test
        void from_three_passes_on() {
            assertThatVerdict(brokenGradient(), rising(1).each(s -> s.epoch(s.iteration() / 17)))
                    .isFound(INFO);
        }

        @Test
        void on_a_loss_that_doubles_in_ten_steps() {
            // From 1 to 32: steps too long would have made it as large as that within five.
            assertThatVerdict(brokenGradient(), losing(0.5, i -> Math.pow(2, i / 10.0)))
                    .isFound(INFO);
        }
    }

    @Nested
    class StaysQuiet {

        @Test
        void on_a_healthy_run() {
            assertThatVerdict(brokenGradient(), rising(-1)).isClear();
        }

        @Test
        void on_labels_that_cannot_be_learned() {
            assertThatVerdict(brokenGradient(), losing(PROMISE, i -> 1 + 0.1 * Math.sin(7 * i)))
                    .isClear();
        }

        @Test
        void on_a_loss_that_rises_by_a_fifth_of_the_promise() {
            assertThatVerdict(brokenGradient(), rising(0.2)).isClear();
        }

        @Test
        void where_a_penalty_moves_the_weights_as_well() {
            assertThatVerdict(brokenGradient(), rising(1).each(s -> s.score(5))).isNotApplicable();
        }
    }

    @Nested
    class IsInconclusive {

        @Test
        void before_twenty_iterations() {
            assertThatVerdict(brokenGradient(), rising(1).steps(19))
                    .isInconclusive("1 more iteration (19 seen, 20 needed)");
        }

        @Test
        void before_three_passes() {
            assertThatVerdict(brokenGradient(), rising(1).each(s -> s.epoch(s.iteration() / 25)))
                    .isInconclusive("3 passes over the data (2 seen): what comes later may be harder");
        }

        @Test
        void on_steps_that_are_too_long() {
            // A rate of 2.5 over the curvature, which is 3: the loss grows by 2.25 and keeps a quarter of its promise,
            // the wrong way.
            RunBuilder tooLong = aRun(aNetwork().output("out", 1, 1, "mse")).each(s -> {
                double x = 1e-6 * Math.pow(1.5, s.iteration());
                s.epoch(s.iteration() / 10)
                        .loss(1.5 * x * x)
                        .gradient("out", "W", tensor(1, 3 * x))
                        .gradient("out", "b", tensor(1, 0))
                        .update("out", "W", tensor(1, 2.51 * x))
                        .update("out", "b", tensor(1, 0));
            });
            assertThatVerdict(new BrokenGradient(new BrokenGradient.Limits(0.02, 20, 3)), tooLong)
                    .isInconclusive("a rise beyond the noise of batches, and too slow for steps that are too long");
        }

        @Test
        void on_a_rise_that_noise_may_explain() {
            // Steps that promise next to nothing: what the loss does is noise, though each quarter is above the one
            // before.
            assertThatVerdict(
                            brokenGradient(),
                            losing(1e-6, i -> 1 + 0.001 * i + (i % 2 == 0 ? 0.2 : -0.2))
                                    .steps(48))
                    .isInconclusive("a rise beyond the noise of batches, and too slow for steps that are too long");
        }

        @Test
        void on_a_rise_by_more_decades_than_steps_that_are_too_long_would_need() {
            // From 1e-11 to 3, by a third of what was promised: on one curvature, fifty steps would multiply it by
            // 1e10.
            assertThatVerdict(brokenGradient(), losing(0.2, i -> i < 12 ? 1e-11 : Math.floorDiv(i + 1, 13)))
                    .isInconclusive("a rise beyond the noise of batches, and too slow for steps that are too long");
        }

        @Test
        void before_twenty_iterations_in_a_row_were_read() {
            assertThatVerdict(brokenGradient(), rising(1).from(19, s -> s.watchedOnly()))
                    .isInconclusive("20 iterations in a row of which everything was read (19 seen)");
        }

        @Test
        void on_a_loss_that_jumps_once() {
            assertThatVerdict(brokenGradient(), losing(PROMISE, i -> i < 20 ? 1 - 0.001 * i : 2))
                    .isInconclusive("a rise beyond the noise of batches, and too slow for steps that are too long");
        }

        @Test
        void on_a_loss_that_is_lost() {
            assertThatVerdict(brokenGradient(), losing(PROMISE, i -> Double.NaN))
                    .isInconclusive("losses and gradients that are finite, and steps that are known");
        }
    }
}
