package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.INPUTS;
import static io.gradiometer.dl4j.Networks.base;
import static io.gradiometer.dl4j.Networks.batch;
import static io.gradiometer.dl4j.Networks.batches;
import static io.gradiometer.dl4j.Networks.dense;
import static io.gradiometer.dl4j.Networks.network;
import static io.gradiometer.dl4j.Networks.small;
import static io.gradiometer.dl4j.Networks.softmax;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.signal.Step;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.junit.jupiter.api.Test;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Loops in which there is nothing to see, or in which something goes wrong: training goes on as it would alone. */
class UnseenLoopsTest {

    private static MultiLayerNetwork autoencoder() {
        return network(base(new Sgd(0.1))
                .list()
                .layer(new AutoEncoder.Builder()
                        .nIn(INPUTS)
                        .nOut(8)
                        .corruptionLevel(0)
                        .activation(Activation.SIGMOID)
                        .build())
                .layer(softmax(8)));
    }

    private static MultiLayerNetwork pretrained(boolean observed) {
        MultiLayerNetwork network = autoencoder();
        if (observed) {
            network.addListeners(new GradiometerListener());
        }
        network.pretrainLayer(0, new ListDataSetIterator<>(List.copyOf(batches(4)), 1));
        return network;
    }

    @Test
    void pretraining_layer_by_layer_is_not_observed_and_not_disturbed() {
        MultiLayerNetwork network = autoencoder();
        GradiometerListener listener = new GradiometerListener();
        network.addListeners(listener);

        network.pretrainLayer(0, new ListDataSetIterator<>(List.copyOf(batches(4)), 1));

        assertThat(listener.diagnoses()).isEmpty();
        assertThatThrownBy(listener::diagnosis).hasMessageContaining("no network was observed");
        assertThat(pretrained(true).params()).isEqualTo(pretrained(false).params());
    }

    /** As programs do that put a network behind another one: the error at its output comes from outside. */
    private static INDArray stepFromOutside(MultiLayerNetwork network) {
        for (int i = 0; i < 3; i++) {
            DataSet data = batch(16, i);
            network.setInput(data.getFeatures());
            INDArray output = network.feedForward(true, false).get(2);
            Pair<Gradient, INDArray> gradient =
                    network.backpropGradient(output.sub(data.getLabels()), LayerWorkspaceMgr.noWorkspaces());
            network.getUpdater().update(network, gradient.getFirst(), i, 0, 16, LayerWorkspaceMgr.noWorkspaces());
            network.params()
                    .subi(gradient.getFirst()
                            .gradient()
                            .reshape(network.params().shape()));
        }
        return network.params();
    }

    private static MultiLayerNetwork withoutHead() {
        return network(base(new Sgd(0.1)).list().layer(dense(INPUTS, 8)).layer(dense(8, Networks.CLASSES)));
    }

    @Test
    void steps_with_errors_from_outside_are_not_observed_and_not_disturbed() {
        MultiLayerNetwork observed = withoutHead();
        GradiometerListener listener = new GradiometerListener();
        observed.addListeners(listener);

        assertThat(stepFromOutside(observed)).isEqualTo(stepFromOutside(withoutHead()));
        assertThat(listener.diagnoses())
                .allSatisfy(
                        diagnosis -> assertThat(diagnosis.run().iterations()).isZero());
    }

    private static INDArray stepWithGradientsFromOutside(MultiLayerNetwork network) {
        for (int i = 0; i < 3; i++) {
            DataSet data = batch(16, i);
            Gradient gradient = network.calculateGradients(data.getFeatures(), data.getLabels(), null, null)
                    .getFirst();
            network.getUpdater().update(network, gradient, i, 0, 16, LayerWorkspaceMgr.noWorkspaces());
            network.params().subi(gradient.gradient().reshape(network.params().shape()));
        }
        return network.params();
    }

    @Test
    void steps_with_gradients_from_outside_are_not_observed_and_the_fit_that_follows_is() {
        MultiLayerNetwork alone = small();
        MultiLayerNetwork observed = small();
        GradiometerListener listener = new GradiometerListener();
        observed.addListeners(listener);

        assertThat(stepWithGradientsFromOutside(observed)).isEqualTo(stepWithGradientsFromOutside(alone));
        assertThat(listener.diagnoses())
                .allSatisfy(
                        diagnosis -> assertThat(diagnosis.run().iterations()).isZero());
        batches(3).forEach(alone::fit);
        batches(3).forEach(observed::fit);

        assertThat(observed.params()).isEqualTo(alone.params());
        assertThat(listener.diagnosis().run().iterations()).isEqualTo(3);
    }

    @Test
    void networks_of_half_precision_are_read_and_not_disturbed() {
        MultiLayerNetwork alone = halves();
        MultiLayerNetwork observed = halves();
        GradiometerListener listener = new GradiometerListener();
        observed.addListeners(listener);
        Steps steps = new Steps(observed);

        for (int i = 0; i < 20; i++) {
            alone.fit(half(i));
            observed.fit(half(i));
        }

        assertThat(observed.params()).isEqualTo(alone.params());
        Diagnosis diagnosis = listener.diagnosis();
        assertThat(diagnosis.run().dtype()).isEqualTo("HALF");
        assertThat(diagnosis.run().iterations()).isEqualTo(20);
        assertThat(diagnosis.findings()).isEmpty();
        Step last = steps.all.get(19);
        assertThat(last.layers().get(0).parameters().get(0).update().l2())
                .isCloseTo(norm(observed.gradient().getGradientFor("0_W")), withinPercentage(1e-3));
    }

    private static double norm(INDArray array) {
        double squares = 0;
        for (double value : array.dup().data().asDouble()) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }

    private static MultiLayerNetwork halves() {
        return network(base(new Sgd(0.05))
                .dataType(DataType.FLOAT16)
                .list()
                .layer(dense(INPUTS, 8))
                .layer(softmax(8)));
    }

    private static DataSet half(int seed) {
        DataSet data = batch(16, seed);
        return new DataSet(
                data.getFeatures().castTo(DataType.FLOAT16), data.getLabels().castTo(DataType.FLOAT16));
    }

    @Test
    void an_exception_in_an_iteration_leaves_what_was_seen_and_what_comes_later() {
        MultiLayerNetwork network = small();
        GradiometerListener listener = new GradiometerListener();
        network.addListeners(listener, new BaseTrainingListener() {
            @Override
            public void onGradientCalculation(Model model) {
                if (listener.diagnosis().run().iterations() == 3) {
                    throw new IllegalStateException("broken on purpose");
                }
            }
        });
        for (int i = 0; i < 3; i++) {
            network.fit(batch(16, i));
        }

        assertThatThrownBy(() -> network.fit(batch(16, 3))).hasMessage("broken on purpose");
        network.setListeners(listener);
        network.fit(batch(16, 4));

        assertThat(listener.diagnosis().run().iterations()).isEqualTo(4);
        assertThat(listener.diagnosis().inconclusive())
                .noneSatisfy(undecided -> assertThat(undecided.missing()).contains("observing that works"));
    }

    @Test
    void parameters_that_are_set_between_iterations_are_read_as_they_are() {
        MultiLayerNetwork network = small();
        Steps steps = new Steps(network);
        network.fit(batch(16, 0));

        network.setParams(network.params().mul(3));
        double norm = norm(network.getLayer(0).getParam("W"));
        network.fit(batch(16, 1));

        assertThat(steps.all.get(1).layers().get(0).parameters().get(0).value().l2())
                .isCloseTo(norm, withinPercentage(1e-3));
    }

    @Test
    void a_batch_without_examples_is_for_deeplearning4j_to_refuse() {
        MultiLayerNetwork network = small();
        GradiometerListener listener = new GradiometerListener();
        network.addListeners(listener);
        network.fit(batch(16, 0));
        DataSet empty = new DataSet(Nd4j.create(DataType.FLOAT, 0, INPUTS), Nd4j.create(DataType.FLOAT, 0, 3));

        assertThatThrownBy(() -> network.fit(empty))
                .hasMessageContaining("length 0")
                .satisfies(refusal ->
                        assertThat(refusal.getStackTrace()[0].getClassName()).startsWith("org.deeplearning4j."));
        network.fit(batch(16, 1));

        assertThat(listener.diagnosis().run().iterations()).isEqualTo(2);
        assertThat(listener.diagnosis().inconclusive())
                .noneSatisfy(undecided -> assertThat(undecided.missing()).contains("observing that works"));
    }

    private static MultiLayerNetwork withEmptyLayers() {
        return network(base(new Sgd(0.1))
                .list()
                .layer(dense(INPUTS, 8))
                .layer(new ActivationLayer.Builder().activation(Activation.RELU).build())
                .layer(new DropoutLayer.Builder(0.8).build())
                .layer(dense(8, Networks.CLASSES))
                .layer(new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build()));
    }

    @Test
    void layers_without_parameters_are_passed_over_and_those_around_them_are_read() {
        MultiLayerNetwork alone = withEmptyLayers();
        MultiLayerNetwork observed = withEmptyLayers();
        Steps steps = new Steps(observed);

        Nd4j.getRandom().setSeed(5);
        batches(6).forEach(alone::fit);
        Nd4j.getRandom().setSeed(5);
        batches(6).forEach(observed::fit);

        assertThat(observed.params()).isEqualTo(alone.params());
        assertThat(steps.probe.view().layers())
                .extracting(layer -> layer.parameters().size())
                .containsExactly(2, 0, 0, 2, 0);
        assertThat(steps.all).hasSize(6).allSatisfy(step -> {
            assertThat(step.loss()).isFinite();
            for (int l : new int[] {0, 3}) {
                assertThat(step.layers().get(l).parameters()).allSatisfy(parameter -> {
                    assertThat(parameter.gradient().l2()).isPositive();
                    assertThat(parameter.update().l2()).isPositive();
                });
            }
        });
    }

    /** A network that makes itself anew with another configuration, as only a subclass can. */
    @SuppressWarnings("overrides") // of a method in the superclass
    private static final class Growing extends MultiLayerNetwork {
        private static final long serialVersionUID = 1;

        Growing() {
            super(base(new Sgd(0.1))
                    .list()
                    .layer(dense(INPUTS, 8))
                    .layer(softmax(8))
                    .build());
            init();
        }

        void grow() {
            setLayerWiseConfigurations(base(new Sgd(0.1))
                    .list()
                    .layer(dense(INPUTS, 12))
                    .layer(softmax(12))
                    .build());
            flattenedParams = null;
            flattenedGradients = null;
            solver = null;
            layers = null;
            initCalled = false;
            init();
        }
    }

    private static Growing grown(Consumer<MultiLayerNetwork> attach) {
        Growing network = new Growing();
        attach.accept(network);
        List<TrainingListener> listeners = List.copyOf(network.getListeners());
        batches(3).forEach(network::fit);
        network.grow();
        network.setListeners(listeners);
        batches(3).forEach(network::fit);
        return network;
    }

    @Test
    void another_number_of_parameters_is_named_and_what_was_seen_before_is_kept() {
        GradiometerListener listener = new GradiometerListener();

        MultiLayerNetwork observed = grown(network -> network.addListeners(listener));

        assertThat(observed.params()).isEqualTo(grown(network -> {}).params());
        assertThat(listener.diagnosis().run().iterations()).isEqualTo(3);
        assertThat(listener.diagnosis().inconclusive()).isNotEmpty().allSatisfy(undecided -> assertThat(
                        undecided.missing())
                .contains("the network changed its number of parameters"));
    }
}
