package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.Run;
import io.gradiometer.signal.ActivationStats;
import io.gradiometer.signal.ColumnStats;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadTest {

    private static final ColumnStats NORMAL = new ColumnStats(32, 0, 1, -2.5, 2.5, 0);

    private static ColumnStats binary(double ones) {
        return new ColumnStats(32, ones, Math.sqrt(ones * (1 - ones)), 0, 1, 0);
    }

    private static ColumnStats normal(double mean, double deviation) {
        return new ColumnStats(32, mean, deviation, mean - 2.5 * deviation, mean + 2.5 * deviation, 0);
    }

    private static ColumnStats constant(double value) {
        return new ColumnStats(32, value, 0, value, value, 0);
    }

    private static Optional<Head.Mismatch> head(String activation, String loss, ColumnStats... labels) {
        return head(Outputs.flat(0.1), 2, activation, loss, labels);
    }

    private static Optional<Head.Mismatch> head(
            ActivationStats outputs, int steps, String activation, String loss, ColumnStats... labels) {
        Run run = aRun(aNetwork().output("out", 10, Math.max(1, labels.length), activation, loss))
                .steps(steps)
                .each(s -> s.labelColumns(labels).outputs("out", outputs))
                .build();
        ActivityTrack output = new ActivityTrack(0, run.model().layers().get(0));
        DataTrack data = new DataTrack();
        run.steps().forEach(output::step);
        run.steps().forEach(data::step);
        return Optional.ofNullable(Head.mismatch(output, data));
    }

    private static void assertThatMismatch(Optional<Head.Mismatch> head, boolean certain, String why, String remedy) {
        Head.Mismatch mismatch = head.orElseThrow();
        assertThat(mismatch.certain()).isEqualTo(certain);
        assertThat(mismatch.why()).contains(why);
        assertThat(mismatch.remedy().summary()).contains(remedy);
    }

    @Nested
    class Fits {

        @ParameterizedTest
        @CsvSource({
            "softmax, LossMCXENT",
            "softmax, LossNegativeLogLikelihood",
            "softmax, LossMSE",
            "logsoftmax, LossMCXENT",
            "sigmoid, LossBinaryXENT",
            "hardsigmoid, LossBinaryXENT",
            "sigmoid, LossMSE",
            "tanh, LossMSE",
            "identity, LossMSE",
            "relu, LossMSE"
        })
        void one_hot_labels(String activation, String loss) {
            assertThat(head(activation, loss, binary(0.5), binary(0.25), binary(0.25)))
                    .isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"identity, LossMSE", "softplus, LossHinge", "tanh, LossSquaredHinge", "tanh, LossCosineProximity"})
        void numbers_of_both_signs(String activation, String loss) {
            assertThat(head(activation, loss, normal(0, 3))).isEmpty();
        }

        @Test
        void numbers_few_of_which_lie_below_a_rectifier_whatever_their_size() {
            assertThat(head("relu", "LossMSE", normal(14, 10))).isEmpty();
        }

        @Test
        void numbers_that_reach_a_little_beyond_the_activation() {
            assertThat(head("tanh", "LossMSE", normal(0, 0.5))).isEmpty();
        }

        @Test
        void class_numbers_where_the_loss_takes_them() {
            assertThat(head("softmax", "LossSparseMCXENT", new ColumnStats(32, 4.5, 2.9, 0, 9, 0)))
                    .isEmpty();
        }

        @Test
        void counts_under_a_poisson_loss() {
            ColumnStats counts = new ColumnStats(32, 3, 1.7, 0, 9, 0);
            assertThat(head("softplus", "LossPoisson", counts)).isEmpty();
            assertThat(head("myexp", "LossPoisson", counts)).isEmpty();
        }

        @Test
        void numbers_above_0_under_a_logarithmic_loss() {
            assertThat(head("relu", "LossMSLE", normal(5, 1))).isEmpty();
            assertThat(head("elu", "LossMSLE", normal(5, 1))).isEmpty();
        }

        @Test
        void labels_that_were_not_described() {
            assertThat(head("tanh", "LossMSE")).isEmpty();
        }

        @Test
        void rows_of_which_nearly_all_name_one_class() {
            assertThat(head("softmax", "LossMCXENT", binary(0.5), binary(0.54))).isEmpty();
            assertThat(head("softmax", "LossMCXENT", binary(0.5), binary(0.46))).isEmpty();
        }

        @Test
        void soft_labels_whatever_they_add_up_to() {
            ColumnStats soft = new ColumnStats(32, 0.5, 0.1, 0.2, 0.8, 0);
            assertThat(head("softmax", "LossMCXENT", soft, soft, soft)).isEmpty();
        }

        @Test
        void labels_that_are_0_below_an_output_that_is_0() {
            assertThat(head(Outputs.flat(1), 2, "relu", "LossMSE", constant(0))).isEmpty();
        }

        @Test
        void a_rectified_output_that_was_0_for_one_batch() {
            assertThat(head(Outputs.flat(1), 1, "relu", "LossMSE", binary(0.5))).isEmpty();
        }

        @Test
        void a_rectified_output_that_is_0_for_nine_rows_in_ten() {
            assertThat(head(Outputs.flat(0.94), 2, "relu", "LossMSE", binary(0.5)))
                    .isEmpty();
        }

        @Test
        void a_rectified_output_that_is_0_as_often_as_its_labels() {
            assertThat(head(Outputs.flat(0.96), 2, "relu", "LossMSE", binary(0.04)))
                    .isEmpty();
            assertThat(head(Outputs.flat(1), 2, "relu", "LossMSE", binary(0.005)))
                    .isEmpty();
        }

        @Test
        void an_output_that_is_flat_at_a_full_error() {
            assertThat(head(Outputs.flat(1), 2, "sigmoid", "LossMSE", binary(0.5)))
                    .isEmpty();
        }
    }

    @Nested
    class DoesNotFit {

        @Test
        void softmax_over_one_unit() {
            assertThatMismatch(
                    head("softmax", "LossMSE", binary(0.5)),
                    true,
                    "always 1",
                    "use SIGMOID with XENT in output layer 'out'");
            assertThatMismatch(head("softmax", "LossMSE", NORMAL), true, "always 1", "use IDENTITY with MSE");
        }

        @Test
        void categorical_cross_entropy_over_one_column() {
            assertThatMismatch(
                    head("sigmoid", "LossMCXENT", binary(0.5)), true, "single column", "use SIGMOID with XENT");
            assertThatMismatch(
                    head("sigmoid", "LossNegativeLogLikelihood", NORMAL),
                    true,
                    "single column",
                    "use IDENTITY with MSE");
        }

        @Test
        void categorical_cross_entropy_whose_outputs_do_not_compete() {
            assertThatMismatch(
                    head("sigmoid", "LossMCXENT", binary(0.5), binary(0.5)),
                    true,
                    "categorical cross-entropy with sigmoid falls as long as any output grows",
                    "use SOFTMAX with MCXENT");
        }

        @Test
        void binary_cross_entropy_of_what_is_no_probability() {
            assertThatMismatch(
                    head("tanh", "LossBinaryXENT", binary(0.5)),
                    true,
                    "which tanh does not keep to",
                    "use SIGMOID with XENT");
        }

        @Test
        void numbers_of_both_signs_under_a_rectifier() {
            assertThatMismatch(
                    head("relu", "LossMSE", NORMAL),
                    true,
                    "labels go from -2.5 to 2.5, which relu cannot follow beyond [0, Infinity]",
                    "use IDENTITY with MSE");
        }

        @Test
        void with_the_share_that_stays_out_of_reach() {
            assertThat(head("relu", "LossMSE", normal(0, 10)).orElseThrow().why())
                    .containsPattern("at least 4[0-9.]+ % of their variance");
        }

        @Test
        void numbers_that_reach_beyond_the_activation() {
            assertThatMismatch(head("tanh", "LossMSE", normal(0, 2)), true, "[-1, 1]", "use IDENTITY with MSE");
        }

        @Test
        void for_sure_only_where_a_fifth_of_the_variance_is_out_of_reach() {
            Optional<Head.Mismatch> mismatch = head("tanh", "LossMSE", normal(0, 0.9));
            assertThatMismatch(mismatch, false, "of their variance stays out of reach", "use IDENTITY with MSE");
            assertThat(mismatch.orElseThrow().confidence()).isBetween(0.85, 1.0);
        }

        @Test
        void numbers_under_cross_entropy() {
            assertThatMismatch(
                    head("sigmoid", "LossBinaryXENT", NORMAL),
                    true,
                    "which cross-entropy cannot follow",
                    "use IDENTITY");
        }

        @Test
        void binary_cross_entropy_of_outputs_that_compete() {
            assertThatMismatch(
                    head("softmax", "LossBinaryXENT", binary(0.5), binary(0.5)),
                    false,
                    "binary cross-entropy judges every output by itself",
                    "use SOFTMAX with MCXENT");
        }

        @Test
        void counts_whose_output_may_have_no_logarithm() {
            ColumnStats counts = new ColumnStats(32, 3, 1.7, 0, 9, 0);
            for (String activation : List.of("identity", "relu", "elu")) {
                assertThatMismatch(
                        head(activation, "LossPoisson", counts),
                        false,
                        "LossPoisson takes the logarithm of the output, and " + activation,
                        "use SOFTPLUS with POISSON");
            }
            for (String activation : List.of("identity", "selu")) {
                assertThatMismatch(
                        head(activation, "LossMSLE", counts),
                        false,
                        "LossMSLE takes the logarithm of the output plus 1, and " + activation,
                        "use SOFTPLUS with MEAN_SQUARED_LOGARITHMIC_ERROR");
            }
        }

        @Test
        void negative_numbers_under_a_poisson_loss() {
            assertThatMismatch(
                    head("identity", "LossPoisson", NORMAL),
                    true,
                    "which LossPoisson cannot follow beyond [0, Infinity]",
                    "use IDENTITY");
        }

        @Test
        void numbers_above_a_sigmoid_under_a_poisson_loss() {
            assertThatMismatch(
                    head("sigmoid", "LossPoisson", normal(5, 1)), true, "which sigmoid cannot follow", "use IDENTITY");
        }

        @Test
        void a_constant_that_the_activation_does_not_reach() {
            assertThatMismatch(head("tanh", "LossMSE", constant(2)), true, "labels go from 2 to 2", "use IDENTITY");
        }

        @Test
        void rows_that_name_several_classes() {
            assertThatMismatch(
                    head("softmax", "LossMCXENT", binary(0.6), binary(0.6)),
                    false,
                    "a label row names 1.2 classes on average",
                    "classes do not exclude each other");
            assertThatMismatch(
                    head("softmax", "LossMCXENT", binary(0.8), binary(0.8)), true, "names 1.6 classes", "use SIGMOID");
        }

        @Test
        void rows_that_name_no_class() {
            assertThatMismatch(
                    head("softmax", "LossMCXENT", binary(0.4), binary(0.4)),
                    false,
                    "names 0.8 classes",
                    "a row may name no class at all");
        }

        @Test
        void a_rectified_output_that_has_switched_off() {
            ActivationStats silent = Outputs.flat(1);
            assertThatMismatch(
                    head(silent, 2, "relu", "LossMSE", binary(0.5)),
                    true,
                    "gives 0 for 100 % of the rows",
                    "use SIGMOID with XENT");
            assertThatMismatch(
                    head(silent, 2, "relu", "LossMSE", binary(0.5), binary(0.5)),
                    true,
                    "gives 0 for 100 % of the rows",
                    "use SIGMOID with XENT");
            assertThatMismatch(
                    head(silent, 2, "relu", "LossMSE", new ColumnStats(32, 3, 1, 0, 6, 0)),
                    true,
                    "gives 0 for 100 % of the rows",
                    "use IDENTITY with MSE");
        }

        @Test
        void a_rectified_output_that_hardly_ever_is_on() {
            assertThatMismatch(
                    head(Outputs.flat(0.95), 2, "relu", "LossMSE", binary(0.5)),
                    true,
                    "gives 0 for 95 % of the rows",
                    "use SIGMOID with XENT");
            assertThatMismatch(
                    head(Outputs.flat(0.99), 2, "relu", "LossMSE", binary(0.04)),
                    true,
                    "gives 0 for 99 % of the rows",
                    "use SIGMOID with XENT");
        }
    }

    @Nested
    class Unreachable {

        private static double unreachable(ColumnStats labels, double low, double high) {
            DataTrack data = new DataTrack();
            Run run = aRun(aNetwork().output("out", 10, 1, "mse"))
                    .steps(1)
                    .each(s -> s.labelColumns(labels))
                    .build();
            run.steps().forEach(data::step);
            return Head.unreachable(data.labels().get(0), new Activations.Range(low, high));
        }

        @Test
        void is_nothing_within_the_range() {
            assertThat(unreachable(NORMAL, -2.5, 2.5)).isZero();
        }

        @Test
        void is_half_of_the_square_where_half_of_a_normal_distribution_lies_outside() {
            assertThat(unreachable(normal(0, 1), 0, Double.POSITIVE_INFINITY)).isCloseTo(0.5, within(0.02));
        }

        @Test
        void is_the_square_of_the_distance_of_a_constant() {
            assertThat(unreachable(constant(3), -1, 1)).isEqualTo(4);
        }

        @Test
        void does_not_reach_beyond_the_values_that_were_seen() {
            ColumnStats cut = new ColumnStats(32, 0, 1, -1, 1, 0);
            assertThat(unreachable(cut, 0, Double.POSITIVE_INFINITY)).isLessThan(0.3);
        }
    }
}
