package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.INPUTS;
import static io.gradiometer.dl4j.Networks.base;
import static io.gradiometer.dl4j.Networks.batch;
import static io.gradiometer.dl4j.Networks.dense;
import static io.gradiometer.dl4j.Networks.network;
import static io.gradiometer.dl4j.Networks.small;
import static io.gradiometer.dl4j.Networks.softmax;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

class ProbeTest {

    private static TensorStats gradient(Steps steps, int step, int layer, String parameter) {
        return parameter(steps, step, layer, parameter, 0);
    }

    private static TensorStats update(Steps steps, int step, int layer, String parameter) {
        return parameter(steps, step, layer, parameter, 1);
    }

    private static TensorStats parameter(Steps steps, int step, int layer, String name, int part) {
        LayerView view = steps.probe.layout().view().layers().get(layer);
        LayerStep of = steps.all.get(step).layers().get(layer);
        for (int i = 0; i < view.parameters().size(); i++) {
            if (view.parameters().get(i).name().equals(name)) {
                return part == 0
                        ? of.parameters().get(i).gradient()
                        : of.parameters().get(i).update();
            }
        }
        throw new AssertionError("no parameter " + name + " in " + view);
    }

    private static double norm(INDArray array) {
        double squares = 0;
        for (double value : array.dup()
                .castTo(org.nd4j.linalg.api.buffer.DataType.DOUBLE)
                .reshape(-1)
                .toDoubleVector()) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }

    @Test
    void reads_the_gradient_that_deeplearning4j_computes_as_a_mean_over_examples() {
        MultiLayerNetwork network = small();
        MultiLayerNetwork twin = network.clone();
        Steps steps = new Steps(network);
        DataSet data = batch(16, 1);

        network.fit(data);
        twin.setInput(data.getFeatures());
        twin.setLabels(data.getLabels());
        twin.computeGradientAndScore();

        Gradient expected = twin.gradient();
        assertThat(gradient(steps, 0, 0, "W").l2())
                .isCloseTo(norm(expected.getGradientFor("0_W")) / 16, withinPercentage(1e-3));
        assertThat(gradient(steps, 0, 0, "b").l2())
                .isCloseTo(norm(expected.getGradientFor("0_b")) / 16, withinPercentage(1e-3));
        assertThat(gradient(steps, 0, 1, "W").l2())
                .isCloseTo(norm(expected.getGradientFor("1_W")) / 16, withinPercentage(1e-3));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 64})
    void gives_the_same_gradient_loss_and_signal_whatever_the_batch_size(int times) {
        DataSet one = batch(1, 3);
        INDArray features = one.getFeatures().repeat(0, times);
        INDArray labels = one.getLabels().repeat(0, times);
        MultiLayerNetwork single = small();
        MultiLayerNetwork many = small();
        Steps ofOne = new Steps(single);
        Steps ofMany = new Steps(many);

        single.fit(one);
        many.fit(new DataSet(features, labels));

        assertThat(gradient(ofMany, 0, 0, "W").l2())
                .isCloseTo(gradient(ofOne, 0, 0, "W").l2(), withinPercentage(1e-2));
        assertThat(ofMany.all.get(0).loss()).isCloseTo(ofOne.all.get(0).loss(), within(1e-5));
        assertThat(ofMany.all.get(0).examples()).isEqualTo(times);
    }

    @Test
    void gives_the_same_loss_and_gradient_where_the_score_is_not_divided_by_the_batch() {
        MultiLayerNetwork divided = small(new Sgd(0.01));
        MultiLayerNetwork summed = network(base(new Sgd(0.01))
                .miniBatch(false)
                .list()
                .layer(dense(INPUTS, 8))
                .layer(softmax(8)));
        Steps expected = new Steps(divided);
        Steps steps = new Steps(summed);

        divided.fit(batch(16, 1));
        summed.fit(batch(16, 1));

        assertThat(steps.all.get(0).score()).isCloseTo(16 * expected.all.get(0).score(), withinPercentage(1e-3));
        assertThat(steps.all.get(0).loss()).isCloseTo(expected.all.get(0).loss(), within(1e-5));
        assertThat(gradient(steps, 0, 0, "W").l2())
                .isCloseTo(gradient(expected, 0, 0, "W").l2(), withinPercentage(1e-3));
    }

    @Test
    void reads_the_update_that_is_taken_off_the_parameters() {
        MultiLayerNetwork network = small(new Adam(0.01));
        INDArray before = network.getParam("0_W").dup();
        Steps steps = new Steps(network);

        network.fit(batch(16, 1));

        double moved = norm(before.sub(network.getParam("0_W")));
        assertThat(update(steps, 0, 0, "W").l2()).isCloseTo(moved, withinPercentage(1e-2));
    }

    @Test
    void reads_parameters_as_they_were_when_the_loss_was_computed() {
        MultiLayerNetwork network = small();
        double before = norm(network.getParam("0_W"));
        Steps steps = new Steps(network);

        network.fit(batch(16, 1));

        LayerView view = steps.probe.layout().view().layers().get(0);
        assertThat(steps.all.get(0).layers().get(0).weights(view).l2()).isCloseTo(before, withinPercentage(1e-3));
    }

    @Test
    void leaves_regularisation_out_of_the_loss() {
        MultiLayerNetwork plain = small(new Sgd(0.01));
        MultiLayerNetwork regularized = network(
                base(new Sgd(0.01)).l2(0.5).list().layer(dense(INPUTS, 8)).layer(softmax(8)));
        Steps expected = new Steps(plain);
        Steps steps = new Steps(regularized);

        plain.fit(batch(16, 1));
        regularized.fit(batch(16, 1));

        assertThat(steps.all.get(0).score()).isGreaterThan(expected.all.get(0).score() + 0.1);
        assertThat(steps.all.get(0).loss()).isCloseTo(expected.all.get(0).loss(), within(1e-5));
    }

    @Test
    void estimates_the_signal_exactly_for_one_example() {
        MultiLayerNetwork network = network(base(new Sgd(0.1))
                .list()
                .layer(dense(INPUTS, 8))
                .layer(dense(8, 8))
                .layer(softmax(8)));
        Steps steps = new Steps(network);

        network.fit(batch(1, 5));

        // With one example, the gradient of a dense layer's bias is the signal itself.
        for (int layer = 0; layer < 3; layer++) {
            double bias = gradient(steps, 0, layer, "b").l2();
            assertThat(steps.all.get(0).layers().get(layer).signal()).isCloseTo(bias, withinPercentage(1e-2));
        }
    }

    @Test
    void estimates_the_signal_of_a_convolution_as_of_the_dense_layer_that_it_equals() {
        // A kernel as large as the image is a dense layer: one position, the same products.
        MultiLayerNetwork convolution = network(base(new Sgd(0.1))
                .list()
                .layer(new ConvolutionLayer.Builder(4, 4).nIn(2).nOut(5).build())
                .layer(softmax(5))
                .setInputType(InputType.convolutional(4, 4, 2))
                .build());
        Steps steps = new Steps(convolution);
        INDArray image = Nd4j.rand(org.nd4j.linalg.api.buffer.DataType.FLOAT, 1, 2, 4, 4);

        convolution.fit(new DataSet(image, batch(1, 2).getLabels()));

        double bias = gradient(steps, 0, 0, "b").l2();
        assertThat(steps.all.get(0).layers().get(0).signal()).isCloseTo(bias, withinPercentage(1e-2));
    }

    @Test
    void lists_layers_from_input_to_output_with_what_is_known_of_them() {
        MultiLayerNetwork network = network(base(new Adam(0.002))
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(0.7)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .name("edges")
                        .nOut(4)
                        .activation(Activation.RELU)
                        .build())
                .layer(new SubsamplingLayer.Builder()
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nOut(2)
                        .build())
                .setInputType(InputType.convolutional(8, 8, 3))
                .build());

        ModelView view = new Probe(network, false).layout().view();

        assertThat(view.layerNames()).containsExactly("edges", "layer1", "layer2");
        LayerView edges = view.layers().get(0);
        assertThat(edges.type()).isEqualTo("ConvolutionLayer");
        assertThat(edges.activation()).isEqualTo("relu");
        assertThat(edges.initialization()).isEqualTo("XAVIER");
        assertThat(edges.fanIn()).isEqualTo(27);
        assertThat(edges.updater().name()).isEqualTo("Adam");
        assertThat(edges.updater().learningRate()).isEqualTo(0.002);
        assertThat(edges.updater().adaptive()).isTrue();
        assertThat(edges.updater().clipping()).isEqualTo("ClipL2PerLayer");
        assertThat(edges.updater().clippingThreshold()).isEqualTo(0.7);
        assertThat(view.layers().get(1).learns()).isFalse();
        assertThat(view.layers().get(2).loss()).isEqualTo("LossMSE");
        assertThat(view.seed()).isEqualTo(42);
        assertThat(view.parameters()).isEqualTo(network.numParams());
    }

    @Test
    void lists_the_layers_of_a_graph_in_topological_order() {
        ComputationGraph graph = Networks.graph(new Sgd(0.1));
        Steps steps = new Steps(graph);

        graph.fit(batch(1, 1));

        assertThat(steps.probe.layout().view().kind()).isEqualTo("ComputationGraph");
        assertThat(steps.probe.layout().view().layerNames()).containsExactly("hidden", "out");
        assertThat(steps.all.get(0).layers().get(0).signal())
                .isCloseTo(gradient(steps, 0, 0, "b").l2(), withinPercentage(1e-2));
    }

    @Test
    void keeps_running_statistics_and_centres_out_of_gradients() {
        MultiLayerNetwork network = network(base(new Sgd(0.1))
                .list()
                .layer(dense(INPUTS, 8))
                .layer(new BatchNormalization.Builder().nIn(8).nOut(8).build())
                .layer(new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(8)
                        .nOut(3)
                        .build()));
        Steps steps = new Steps(network);

        network.fit(batch(16, 1));

        ModelView view = steps.probe.layout().view();
        assertThat(view.layers().get(1).parameters())
                .filteredOn(p -> p.role() == Role.STATISTIC)
                .hasSize(2);
        assertThat(view.layers().get(2).parameters())
                .filteredOn(p -> p.role() == Role.CENTER)
                .hasSize(1);
        Step step = steps.all.get(0);
        assertThat(step.layers().get(1).gradient(view.layers().get(1)).length()).isEqualTo(16);
        assertThat(step.layers().get(2).gradient(view.layers().get(2)).length()).isEqualTo(8 * 3 + 3);
    }

    @Test
    void knows_frozen_layers_and_sees_them_stand_still() {
        MultiLayerNetwork network = new TransferLearning.Builder(network(base(new Sgd(0.1))
                        .list()
                        .layer(dense(INPUTS, 8))
                        .layer(dense(8, 8))
                        .layer(softmax(8))))
                .setFeatureExtractor(0)
                .build();
        Steps steps = new Steps(network);

        network.fit(batch(16, 1));

        LayerView frozen = steps.probe.layout().view().layers().get(0);
        assertThat(frozen.frozen()).isTrue();
        assertThat(frozen.type()).isEqualTo("DenseLayer");
        assertThat(frozen.learns()).isFalse();
        assertThat(steps.all.get(0).layers().get(0).update(frozen).allZero()).isTrue();
        assertThat(steps.all.get(0).layers().get(0).signal()).isNaN();
        assertThat(update(steps, 0, 1, "W").l2()).isPositive();
    }

    @Test
    void reads_recurrent_layers_and_judges_the_loss_over_time_steps() {
        MultiLayerNetwork network = network(base(new Sgd(0.1))
                .list()
                .layer(new LSTM.Builder().nIn(2).nOut(5).build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(5)
                        .nOut(2)
                        .build()));
        Steps steps = new Steps(network);
        INDArray features = Nd4j.rand(org.nd4j.linalg.api.buffer.DataType.FLOAT, 4, 2, 10);
        INDArray labels = Nd4j.create(4, 2, 10);
        for (int example = 0; example < 4; example++) {
            for (int t = 0; t < 10; t++) {
                labels.putScalar(new int[] {example, t % 2, t}, 1);
            }
        }

        network.fit(new DataSet(features, labels));

        // Ten steps an example, each with two classes in equal shares.
        assertThat(steps.all.get(0).constantLoss()).isCloseTo(10 * Math.log(2), within(1e-6));
        assertThat(steps.all.get(0).layers().get(0).signal()).isPositive();
        assertThat(steps.probe.layout().view().layers().get(0).parameters())
                .extracting(p -> p.role())
                .containsExactly(Role.WEIGHT, Role.RECURRENT_WEIGHT, Role.BIAS);
    }

    @Test
    void leaves_masked_time_steps_out_as_a_recurrent_output_layer_keeps_them() {
        MultiLayerNetwork network = network(base(new Sgd(0.01))
                .list()
                .layer(new LSTM.Builder().nIn(2).nOut(5).build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(5)
                        .nOut(1)
                        .build()));
        Steps steps = new Steps(network);
        INDArray labels = Nd4j.zeros(4, 1, 10);
        INDArray mask = Nd4j.zeros(4, 10);
        for (int example = 0; example < 4; example++) {
            // The last two steps count; what lies in the others must not.
            for (int t = 0; t < 10; t++) {
                labels.putScalar(new int[] {example, 0, t}, t < 8 ? 1000 : example % 2);
            }
            mask.putScalar(example, 8, 1);
            mask.putScalar(example, 9, 1);
        }

        network.fit(Nd4j.rand(org.nd4j.linalg.api.buffer.DataType.FLOAT, 4, 2, 10), labels, Nd4j.ones(4, 10), mask);

        // Two steps an example, labels 0 and 1 in equal shares: a variance of a quarter each.
        assertThat(steps.all.get(0).constantLoss()).isCloseTo(2 * 0.25, within(1e-6));
    }

    @Test
    void reads_the_first_gradient_of_a_line_search_and_leaves_its_step_unknown() {
        MultiLayerNetwork network = network(base(new Sgd(0.1))
                .optimizationAlgo(org.deeplearning4j.nn.api.OptimizationAlgorithm.LBFGS)
                .list()
                .layer(dense(INPUTS, 8))
                .layer(softmax(8)));
        double before = norm(network.getParam("0_W"));
        Steps steps = new Steps(network);

        network.fit(batch(16, 1));

        LayerView view = steps.probe.layout().view().layers().get(0);
        assertThat(steps.all.get(0).layers().get(0).weights(view).l2()).isCloseTo(before, withinPercentage(1e-3));
        assertThat(steps.all.get(0).layers().get(0).updateRatio(view)).isNaN();
    }

    @Test
    void reads_learning_rates_as_schedules_have_them() {
        MultiLayerNetwork network = small(new Sgd(new StepSchedule(ScheduleType.ITERATION, 0.1, 0.5, 2)));
        Steps steps = new Steps(network);

        for (int i = 0; i < 4; i++) {
            network.fit(batch(16, i));
        }

        List<Double> rates = new ArrayList<>();
        steps.all.forEach(step -> rates.add(step.layers()
                .get(0)
                .learningRate(steps.probe.layout().view().layers().get(0))));
        assertThat(rates).containsExactly(0.1, 0.1, 0.05, 0.05);
    }

    @Test
    void skill_rises_from_nothing_as_the_network_learns() {
        MultiLayerNetwork network = small(new Adam(0.02));
        Steps steps = new Steps(network);

        for (int epoch = 0; epoch < 20; epoch++) {
            Networks.batches(8).forEach(network::fit);
        }

        assertThat(steps.all.get(0).skill()).isBetween(-1.0, 0.3);
        assertThat(steps.all.get(steps.all.size() - 1).skill()).isGreaterThan(0.8);
    }
}
