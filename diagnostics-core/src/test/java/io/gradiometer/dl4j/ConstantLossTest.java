package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/** Closed forms against a slow, obvious search over constant pre-outputs with the user's own loss function. */
class ConstantLossTest {

    private static double constantLoss(ILossFunction loss, Activation activation, INDArray labels) {
        LabelLedger ledger = new LabelLedger(
                loss,
                new OutputLayer.Builder(loss)
                        .activation(activation)
                        .nIn(3)
                        .nOut((int) labels.size(1))
                        .build());
        ledger.add(labels, null);
        return ledger.constantLoss();
    }

    /** Walks along each coordinate in ever smaller steps while the loss falls. */
    private static double slowTwin(ILossFunction loss, Activation activation, INDArray labels) {
        double[] z = new double[(int) labels.size(1)];
        double best = at(loss, activation, labels, z);
        for (double step = 4; step > 1e-5; step /= 2) {
            for (boolean improved = true; improved; ) {
                improved = false;
                for (int k = 0; k < z.length; k++) {
                    for (int sign = -1; sign <= 1; sign += 2) {
                        z[k] += sign * step;
                        double here = at(loss, activation, labels, z);
                        if (here < best - 1e-9) {
                            best = here;
                            improved = true;
                        } else {
                            z[k] -= sign * step;
                        }
                    }
                }
            }
        }
        return best;
    }

    private static double at(ILossFunction loss, Activation activation, INDArray labels, double[] z) {
        INDArray constant = Nd4j.createFromArray(z).reshape(1, z.length).repeat(0, labels.size(0));
        return loss.computeScore(labels.dup(), constant, activation.getActivationFunction(), null, true);
    }

    private static void agree(ILossFunction loss, Activation activation, INDArray labels) {
        double expected = slowTwin(loss, activation, labels);

        assertThat(constantLoss(loss, activation, labels)).isCloseTo(expected, within(1e-3 * (1 + Math.abs(expected))));
    }

    private static INDArray oneHot(int... classes) {
        INDArray labels = Nd4j.create(org.nd4j.linalg.api.buffer.DataType.DOUBLE, classes.length, 3);
        for (int i = 0; i < classes.length; i++) {
            labels.putScalar(i, classes[i], 1);
        }
        return labels;
    }

    private static INDArray targets() {
        Random random = new Random(5);
        INDArray labels = Nd4j.create(org.nd4j.linalg.api.buffer.DataType.DOUBLE, 41, 2);
        for (int i = 0; i < 41; i++) {
            labels.putScalar(i, 0, 3 + random.nextGaussian());
            labels.putScalar(i, 1, -1 + 0.2 * random.nextGaussian());
        }
        return labels;
    }

    @Test
    void of_cross_entropy_is_the_entropy_of_the_class_shares() {
        INDArray labels = oneHot(0, 0, 0, 1, 1, 2);

        assertThat(constantLoss(new LossMCXENT(), Activation.SOFTMAX, labels))
                .isCloseTo(0.5 * Math.log(2) + Math.log(3) / 3 + Math.log(6) / 6, within(1e-9));
        agree(new LossMCXENT(), Activation.SOFTMAX, labels);
    }

    @Test
    void of_weighted_cross_entropy_weighs_the_classes() {
        INDArray weights = Nd4j.createFromArray(new double[] {1, 5, 0.5});

        agree(new LossMCXENT(weights), Activation.SOFTMAX, oneHot(0, 0, 0, 1, 1, 2));
    }

    @Test
    void of_sparse_labels_is_that_of_their_classes() {
        INDArray sparse = Nd4j.createFromArray(new double[] {0, 0, 0, 1, 1, 2}).reshape(6, 1);

        assertThat(constantLoss(new LossSparseMCXENT(), Activation.SOFTMAX, sparse))
                .isCloseTo(constantLoss(new LossMCXENT(), Activation.SOFTMAX, oneHot(0, 0, 0, 1, 1, 2)), within(1e-9));
    }

    @Test
    void of_binary_cross_entropy_adds_the_entropies_of_the_columns() {
        agree(new LossBinaryXENT(), Activation.SIGMOID, oneHot(0, 0, 0, 1, 1, 2));
    }

    @Test
    void of_squared_losses_is_the_variance() {
        agree(new LossMSE(), Activation.IDENTITY, targets());
        agree(new LossL2(), Activation.IDENTITY, targets());
    }

    @Test
    void of_absolute_losses_is_the_deviation_from_the_median() {
        agree(new LossMAE(), Activation.IDENTITY, targets());
        agree(new LossL1(), Activation.IDENTITY, targets());
    }

    @Test
    void of_any_other_loss_is_searched_for() {
        INDArray counts = Nd4j.createFromArray(new double[] {0, 3, 1, 2, 7, 2}).reshape(6, 1);

        agree(new LossPoisson(), Activation.SOFTPLUS, counts);
    }

    @Test
    void of_equal_labels_is_zero_whatever_their_size() {
        INDArray labels = Nd4j.valueArrayOf(new long[] {50, 1}, 1e8, org.nd4j.linalg.api.buffer.DataType.FLOAT);

        assertThat(constantLoss(new LossMSE(), Activation.IDENTITY, labels)).isZero();
    }

    @Test
    void leaves_masked_time_steps_out() {
        LabelLedger ledger = rnn(RNNFormat.NCW);
        INDArray labels = Nd4j.create(1, 2, 4);
        for (int t = 0; t < 4; t++) {
            labels.putScalar(new int[] {0, t == 3 ? 1 : 0, t}, 1);
        }

        ledger.add(labels, Nd4j.createFromArray(new double[][] {{1, 0, 0, 1}}));

        assertThat(ledger.constantLoss()).isCloseTo(2 * Math.log(2), within(1e-9));
    }

    @Test
    void knows_labels_whose_channels_come_last() {
        LabelLedger first = rnn(RNNFormat.NCW);
        LabelLedger last = rnn(RNNFormat.NWC);
        INDArray labels = Nd4j.create(1, 2, 4);
        for (int t = 0; t < 4; t++) {
            labels.putScalar(new int[] {0, t == 3 ? 1 : 0, t}, 1);
        }

        first.add(labels, null);
        last.add(labels.permute(0, 2, 1), null);

        assertThat(last.constantLoss()).isCloseTo(first.constantLoss(), within(1e-12));
    }

    @Test
    void reads_labels_that_are_a_view_into_a_larger_array() {
        INDArray all = Nd4j.vstack(
                Nd4j.valueArrayOf(new long[] {4, 3}, 77.0, org.nd4j.linalg.api.buffer.DataType.DOUBLE),
                oneHot(0, 0, 0, 1, 1, 2));

        assertThat(constantLoss(new LossMCXENT(), Activation.SOFTMAX, all.get(NDArrayIndex.interval(4, 10))))
                .isCloseTo(constantLoss(new LossMCXENT(), Activation.SOFTMAX, oneHot(0, 0, 0, 1, 1, 2)), within(1e-9));
    }

    private static LabelLedger rnn(RNNFormat format) {
        return new LabelLedger(
                new LossMCXENT(),
                new RnnOutputLayer.Builder(new LossMCXENT())
                        .activation(Activation.SOFTMAX)
                        .dataFormat(format)
                        .nIn(3)
                        .nOut(2)
                        .build());
    }

    @Test
    void of_labels_in_order_is_that_of_all_of_them() {
        LossMAE loss = new LossMAE();
        LabelLedger ledger = new LabelLedger(
                loss,
                new OutputLayer.Builder(loss)
                        .activation(Activation.IDENTITY)
                        .nIn(3)
                        .nOut(1)
                        .build());
        for (int batch = 0; batch < 100; batch++) {
            ledger.add(
                    Nd4j.valueArrayOf(new long[] {32, 1}, batch / 100.0, org.nd4j.linalg.api.buffer.DataType.DOUBLE),
                    null);
        }

        assertThat(ledger.constantLoss()).isCloseTo(0.25, within(0.01));
    }

    @Test
    void of_a_loss_that_wants_more_than_labels_is_unknown() {
        assertThat(constantLoss(
                        org.nd4j.linalg.lossfunctions.impl.LossMixtureDensity.builder()
                                .gaussians(2)
                                .labelWidth(2)
                                .build(),
                        Activation.IDENTITY,
                        targets()))
                .isNaN();
    }

    @Test
    void of_no_labels_is_unknown() {
        assertThat(rnn(RNNFormat.NCW).constantLoss()).isNaN();
    }
}
