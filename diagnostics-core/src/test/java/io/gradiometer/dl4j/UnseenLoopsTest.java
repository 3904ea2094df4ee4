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
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

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

    @Test
    void networks_of_half_precision_are_read_and_not_disturbed() {
        MultiLayerNetwork alone = halves();
        MultiLayerNetwork observed = halves();
        GradiometerListener listener = new GradiometerListener();
        observed.addListeners(listener);

        for (int i = 0; i < 20; i++) {
            alone.fit(half(i));
            observed.fit(half(i));
        }

        assertThat(observed.params()).isEqualTo(alone.params());
        Diagnosis diagnosis = listener.diagnosis();
        assertThat(diagnosis.run().dtype()).isEqualTo("HALF");
        assertThat(diagnosis.run().iterations()).isEqualTo(20);
        assertThat(diagnosis.findings()).isEmpty();
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
        double norm = Math.sqrt(
                Arrays.stream(network.getLayer(0).getParam("W").dup().data().asDouble())
                        .map(w -> w * w)
                        .sum());
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

        try {
            network.fit(new DataSet(
                    Nd4j.empty(DataType.FLOAT).reshape(0, INPUTS),
                    Nd4j.empty(DataType.FLOAT).reshape(0, 3)));
        } catch (RuntimeException refused) {
            assertThat(refused.getStackTrace()[0].getClassName()).doesNotContain("gradiometer");
        }
        network.fit(batch(16, 1));

        assertThat(listener.diagnosis().run().iterations()).isGreaterThanOrEqualTo(2);
    }
}
