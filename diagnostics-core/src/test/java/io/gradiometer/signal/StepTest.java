package io.gradiometer.signal;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aStep;
import static io.gradiometer.Runs.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class StepTest {

    private final ModelView model = aNetwork()
            .dense("dense_0", 4, 6, "relu")
            .batchNorm("norm", 6)
            .plain("pool", "SubsamplingLayer")
            .output("out", 6, 2, "mcxent")
            .build();

    @Test
    void skill_is_nothing_at_the_constant_guess_all_at_no_loss_and_less_than_nothing_above() {
        assertThat(aStep(model, 0).constantLoss(0.7).loss(0.7).build().skill()).isZero();
        assertThat(aStep(model, 0).constantLoss(0.7).loss(0).build().skill()).isEqualTo(1);
        assertThat(aStep(model, 0).constantLoss(0.7).loss(2.1).build().skill()).isEqualTo(-2, within(1e-12));
    }

    @Test
    void skill_does_not_depend_on_how_the_loss_is_reduced() {
        double mean = aStep(model, 0).constantLoss(0.7).loss(0.3).build().skill();
        double sum = aStep(model, 0).constantLoss(700).loss(300).build().skill();

        assertThat(sum).isEqualTo(mean, within(1e-12));
    }

    @Test
    void skill_is_unknown_where_loss_or_yardstick_is() {
        assertThat(aStep(model, 0).constantLoss(Double.NaN).build().skill()).isNaN();
        assertThat(aStep(model, 0).constantLoss(0).build().skill()).isNaN();
        assertThat(aStep(model, 0).loss(Double.NaN).build().skill()).isNaN();
    }

    @Test
    void the_gradient_is_taken_over_everything_that_follows_the_loss() {
        Random random = new Random(11);
        StepBuilderOfArrays step = new StepBuilderOfArrays();
        for (int i = 0; i < model.layers().size(); i++) {
            step.fill(model.layers().get(i), random);
        }

        double meanSquare =
                DoubleStream.of(step.descending()).map(x -> x * x).average().orElseThrow();

        assertThat(step.build().gradient(model).rms()).isEqualTo(Math.sqrt(meanSquare), within(1e-12));
    }

    @Test
    void running_statistics_are_no_gradients() {
        Step calm = aStep(model, 0).build();
        Step wild = aStep(model, 0).gradient("norm", "var", tensor(6, 1e9)).build();

        assertThat(wild.gradient(model).rms()).isEqualTo(calm.gradient(model).rms());
    }

    @Test
    void non_finite_elements_count_neither_as_size_nor_as_length() {
        Step step = aStep(model, 0)
                .gradientRms("dense_0", 0.5)
                .gradientRms("norm", 0.5)
                .gradient("out", "W", tensor(12, Double.NaN))
                .gradient("out", "b", tensor(2, 0.5))
                .build();

        assertThat(step.gradient(model).rms()).isEqualTo(0.5, within(1e-12));
    }

    @Test
    void a_network_without_parameters_has_no_gradient() {
        ModelView empty = aNetwork().plain("pool", "SubsamplingLayer").build();

        assertThat(aStep(empty, 0).build().gradient(empty).rms()).isZero();
    }

    @Test
    void layers_cannot_be_changed_from_outside() {
        List<LayerStep> layers = new ArrayList<>(aStep(model, 0).build().layers());
        Step step = new Step(0, 0, 1, 0, 0, 1, true, TensorStats.EMPTY, DataStep.UNREAD, layers);

        layers.clear();

        assertThat(step.layers()).hasSize(4);
    }

    /** Keeps the arrays behind a step, so that the slow twin can look at every element. */
    private static final class StepBuilderOfArrays {
        private final List<LayerStep> layers = new ArrayList<>();
        private final List<double[]> descending = new ArrayList<>();

        void fill(LayerView view, Random random) {
            List<ParameterStep> parameters = new ArrayList<>();
            for (ParameterView parameter : view.parameters()) {
                double[] gradient = random.doubles(parameter.length(), -3, 3).toArray();
                if (parameter.role().descends()) {
                    descending.add(gradient);
                }
                parameters.add(
                        ParameterStep.unclipped(TensorStats.EMPTY, Tensors.slowly(gradient), TensorStats.EMPTY, 0.1));
            }
            layers.add(new LayerStep(1, ActivationStats.UNREAD, List.of(), parameters));
        }

        double[] descending() {
            return descending.stream().flatMapToDouble(DoubleStream::of).toArray();
        }

        Step build() {
            return new Step(0, 0, 1, 0, 0, 1, true, TensorStats.EMPTY, DataStep.UNREAD, layers);
        }
    }
}
