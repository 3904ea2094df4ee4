package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.signal.Forecast;
import io.gradiometer.signal.Smell;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class PreflightTest {

    private static final int WIDTH = 64;

    private static NeuralNetConfiguration.Builder base() {
        return new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Adam(1e-3))
                .activation(Activation.RELU)
                .weightInit(WeightInit.RELU);
    }

    private static DenseLayer dense() {
        return new DenseLayer.Builder().nIn(WIDTH).nOut(WIDTH).build();
    }

    private static DenseLayer dense(Activation activation) {
        return new DenseLayer.Builder()
                .nIn(WIDTH)
                .nOut(WIDTH)
                .activation(activation)
                .build();
    }

    private static OutputLayer output(int units, Activation activation, LossFunction loss) {
        return new OutputLayer.Builder(loss)
                .nIn(WIDTH)
                .nOut(units)
                .activation(activation)
                .build();
    }

    private static OutputLayer softmax() {
        return output(4, Activation.SOFTMAX, LossFunction.MCXENT);
    }

    private static MultiLayerNetwork stack(NeuralNetConfiguration.Builder base, int depth) {
        NeuralNetConfiguration.ListBuilder list = base.list();
        for (int i = 0; i < depth; i++) {
            list.layer(dense());
        }
        return Networks.network(list.layer(softmax()));
    }

    private static List<String> ids(Model model) {
        return Preflight.of(model).smells().stream().map(Smell::id).toList();
    }

    @Test
    void the_signal_at_the_output_is_where_counting_begins() {
        assertThat(Preflight.of(stack(base(), 3)).forecast().layers())
                .last()
                .extracting(Forecast.OfLayer::signalDecades)
                .isEqualTo(0.0);
    }

    @Nested
    class Fires {

        @ParameterizedTest
        @CsvSource({"ZERO", "ONES"})
        void where_all_weights_are_equal(WeightInit init) {
            List<Smell> smells = Preflight.of(stack(base().weightInit(init), 2)).smells();

            assertThat(smells)
                    .extracting(Smell::id, Smell::layer)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("poor-initialization", "layer0"),
                            org.assertj.core.groups.Tuple.tuple("poor-initialization", "layer1"));
        }

        @ParameterizedTest
        @CsvSource({"1.0", "0.01"})
        void where_weights_are_far_too_large_or_small(double deviation) {
            assertThat(ids(stack(base().weightInit(new NormalDistribution(0, deviation)), 2)))
                    .containsExactly("poor-initialization", "poor-initialization");
        }

        @Test
        void where_weights_lean_to_one_side() {
            List<Smell> smells = Preflight.of(stack(base().weightInit(new UniformDistribution(0, 0.3)), 2))
                    .smells();

            assertThat(smells).hasSize(2).allMatch(smell -> smell.summary().contains("lean to one side"));
        }

        @Test
        void where_weights_of_another_size_would_save_a_deep_network() {
            List<Smell> smells = Preflight.of(stack(base().weightInit(WeightInit.XAVIER), 40))
                    .smells();

            assertThat(smells).singleElement().satisfies(smell -> {
                assertThat(smell.id()).isEqualTo("poor-initialization");
                assertThat(smell.layer()).isEqualTo("layer0");
                assertThat(smell.summary()).contains("fall by 5.9");
            });
        }

        @Test
        void where_no_weights_save_a_deep_network() {
            NeuralNetConfiguration.Builder sigmoids =
                    base().activation(Activation.SIGMOID).weightInit(WeightInit.XAVIER);

            assertThat(ids(stack(sigmoids, 12))).containsExactly("activation-too-deep");
        }

        @ParameterizedTest
        @CsvSource({
            "1, SOFTMAX, MCXENT",
            "1, SOFTMAX, MSE",
            "4, SIGMOID, MCXENT",
            "4, IDENTITY, MCXENT",
            "4, RELU, NEGATIVELOGLIKELIHOOD",
            "4, SOFTMAX, XENT",
            "1, TANH, XENT",
            "4, SOFTMAX, MSE",
            "1, IDENTITY, POISSON",
            "1, IDENTITY, MEAN_SQUARED_LOGARITHMIC_ERROR",
            "4, TANH, KL_DIVERGENCE"
        })
        void where_output_and_loss_do_not_fit(int units, Activation activation, LossFunction loss) {
            Model model = Networks.network(base().list()
                    .validateOutputLayerConfig(false)
                    .layer(dense())
                    .layer(output(units, activation, loss)));

            assertThat(ids(model)).containsExactly("loss-output-mismatch");
        }

        @Test
        void where_steps_are_far_too_long_once_for_all_layers() {
            assertThat(ids(stack(base().updater(new Sgd(10)), 3))).containsExactly("learning-rate-too-high");
            assertThat(ids(stack(base().updater(new Adam(0.5)), 3))).containsExactly("learning-rate-too-high");
            assertThat(ids(stack(base().updater(new Nesterovs(0.9, 0.9)), 3)))
                    .containsExactly("learning-rate-too-high");
        }

        @Test
        void where_steps_are_far_too_short() {
            assertThat(ids(stack(base().updater(new Adam(1e-8)), 3))).containsExactly("learning-rate-too-low");
            assertThat(ids(stack(base().updater(new Sgd(0)), 3))).containsExactly("learning-rate-too-low");
        }

        @ParameterizedTest
        @CsvSource({
            "ClipL2PerLayer, 0.1",
            "ClipL2PerParamType, 0.5",
            "ClipElementWiseAbsoluteValue, 0.01",
            "RenormalizeL2PerParamType, 1"
        })
        void where_clipping_holds_up_running_statistics(GradientNormalization clipping, double threshold) {
            assertThat(ids(normalised(clipping, threshold))).containsExactly("clipping-starves-batch-norm");
        }

        @Test
        void where_linear_layers_follow_each_other() {
            Model plain = Networks.network(
                    base().list().layer(dense(Activation.IDENTITY)).layer(softmax()));
            Model normalised = Networks.network(base().list()
                    .layer(dense(Activation.IDENTITY))
                    .layer(new BatchNormalization.Builder()
                            .nIn(WIDTH)
                            .nOut(WIDTH)
                            .build())
                    .layer(softmax()));

            assertThat(ids(plain)).containsExactly("missing-nonlinearity");
            assertThat(ids(normalised)).containsExactly("missing-nonlinearity");
        }

        @Test
        void where_saturating_activations_follow_each_other() {
            Model twice = Networks.network(base().list()
                    .layer(dense(Activation.SIGMOID))
                    .layer(new LossLayer.Builder(LossFunction.XENT)
                            .activation(Activation.SIGMOID)
                            .build()));
            Model hidden = Networks.network(
                    base().list().layer(dense(Activation.SOFTMAX)).layer(softmax()));

            assertThat(ids(twice)).containsExactly("activation-unsuited");
            assertThat(ids(hidden)).containsExactly("activation-unsuited");
        }
    }

    @Nested
    class StaysQuiet {

        static Stream<Named<Model>> sound() {
            return SoundNetworks.all();
        }

        @ParameterizedTest
        @MethodSource("sound")
        void over_sound_networks(Model model) {
            assertThat(Preflight.of(model).smells()).isEmpty();
            assertThat(Preflight.ofConfiguration(model).smells()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"ClipL2PerLayer, 1", "ClipElementWiseAbsoluteValue, 0.5", "RenormalizeL2PerLayer, 1"})
        void where_clipping_lets_running_statistics_through(GradientNormalization clipping, double threshold) {
            assertThat(ids(normalised(clipping, threshold))).isEmpty();
        }

        @Test
        void where_a_schedule_begins_with_nothing() {
            Adam warming = new Adam(new MapSchedule.Builder(ScheduleType.ITERATION)
                    .add(0, 0.0)
                    .add(50, 1e-3)
                    .build());

            assertThat(ids(stack(base().updater(warming), 2))).isEmpty();
        }

        @Test
        void where_weights_before_a_normalisation_are_large() {
            Model model = Networks.network(base().weightInit(new NormalDistribution(0, 1))
                    .list()
                    .layer(dense(Activation.IDENTITY))
                    .layer(new BatchNormalization.Builder()
                            .nIn(WIDTH)
                            .nOut(WIDTH)
                            .build())
                    .layer(new ActivationLayer(Activation.RELU))
                    .layer(softmax()));

            assertThat(ids(model)).isEmpty();
        }
    }

    private static Model normalised(GradientNormalization clipping, double threshold) {
        return Networks.network(base().gradientNormalization(clipping)
                .gradientNormalizationThreshold(threshold)
                .list()
                .layer(dense())
                .layer(new BatchNormalization.Builder().nIn(WIDTH).nOut(WIDTH).build())
                .layer(softmax()));
    }

    @Test
    void speaks_of_networks_that_are_not_initialised_too() {
        MultiLayerNetwork network = stack(base(), 3);
        Model untouched = new MultiLayerNetwork(network.getLayerWiseConfigurations());

        Forecast forecast = Preflight.of(untouched).forecast();

        assertThat(forecast).isEqualTo(Preflight.ofConfiguration(network).forecast());
        assertThat(forecast.layers())
                .extracting(Forecast.OfLayer::name)
                .hasSize(4)
                .startsWith("layer0");
        assertThat(forecast.totalDecades()).isCloseTo(0, org.assertj.core.api.Assertions.within(1e-3));
    }

    @Test
    void names_layers_as_the_view_of_the_network_does() {
        SoundNetworks.all().forEach(named -> {
            Model model = named.getPayload();
            assertThat(Preflight.of(model).forecast().layers())
                    .extracting(Forecast.OfLayer::name)
                    .isEqualTo(Layout.of(model).view().layerNames());
        });
    }

    @Test
    void foretells_by_the_weights_a_network_has() {
        MultiLayerNetwork network = stack(base(), 3);
        double before = Preflight.of(network).forecast().totalDecades();

        network.params().muli(0.1);

        // Behind the first weights come three matrices, each a tenth of what it was.
        assertThat(Preflight.of(network).forecast().totalDecades())
                .isCloseTo(before - 3, org.assertj.core.api.Assertions.within(1e-6));
    }

    @Test
    void counts_the_whole_signal_of_a_layer_where_its_size_is_known() {
        Forecast forecast = SoundNetworks.all()
                .filter(named -> named.getName().startsWith("LeNet, as"))
                .map(named -> Preflight.ofConfiguration(named.getPayload()).forecast())
                .findFirst()
                .orElseThrow();
        Forecast.OfLayer first = forecast.layers().get(0);

        // 20 channels of 28 x 28 against 10 classes.
        assertThat(first.signalDecades() - first.unitSignalDecades())
                .isCloseTo(Math.log10(20 * 28 * 28 / 10.0) / 2, org.assertj.core.api.Assertions.within(1e-9));
    }

    @Test
    void changes_nothing() {
        MultiLayerNetwork network =
                stack(base().activation(Activation.RRELU).weightInit(WeightInit.VAR_SCALING_NORMAL_FAN_IN), 3);
        INDArray before = network.params().dup();
        String configuration = network.getLayerWiseConfigurations().toJson();
        long root = Nd4j.getRandom().rootState();
        long node = Nd4j.getRandom().nodeState();

        Preflight.of(network);
        Preflight.ofConfiguration(network);

        assertThat(Nd4j.getRandom().rootState()).isEqualTo(root);
        assertThat(Nd4j.getRandom().nodeState()).isEqualTo(node);
        assertThat(network.params()).isEqualTo(before);
        assertThat(network.getLayerWiseConfigurations().toJson()).isEqualTo(configuration);
    }

    @Test
    void foretells_nothing_where_no_formula_fits() {
        Forecast forecast = SoundNetworks.all()
                .filter(named -> named.getName().contains("LSTM"))
                .map(named -> Preflight.of(named.getPayload()).forecast())
                .findFirst()
                .orElseThrow();

        assertThat(forecast.layers().get(0).outputRms()).isNaN();
        assertThat(forecast.layers().get(0).signalDecades()).isNaN();
    }
}
