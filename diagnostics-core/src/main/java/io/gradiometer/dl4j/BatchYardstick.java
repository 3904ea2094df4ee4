package io.gradiometer.dl4j;

import org.deeplearning4j.nn.api.Layer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/**
 * Between what losses a network can move on one batch, per example.
 *
 * @param constant of the best answer that is always the same; NaN where it cannot be told
 * @param perfect of answers that are the labels; labels that are shares, and not one class each, cost something even then
 */
record BatchYardstick(double constant, double perfect) {

    static BatchYardstick of(Specimen specimen, MultiDataSet batch) {
        double constant = 0;
        double perfect = 0;
        for (int i = 0; i < specimen.outputs().size(); i++) {
            Layer layer = specimen.outputLayer(i);
            ILossFunction loss = LayerReader.loss(layer.conf().getLayer());
            if (loss == null) {
                return new BatchYardstick(Double.NaN, Double.NaN);
            }
            org.deeplearning4j.nn.conf.layers.Layer configuration =
                    LayerReader.unwrap(layer.conf().getLayer());
            LabelLedger ledger = new LabelLedger(loss, configuration);
            INDArray labels = batch.getLabels(i);
            INDArray mask = Batches.labelMask(batch, i);
            ledger.add(labels, mask);
            // An undivided loss grows with the batch.
            double examples = layer.conf().isMiniBatch() ? 1 : labels.size(0);
            constant += examples * ledger.constantLoss();
            INDArray rows = Batches.rows(labels, mask, LabelLedger.hasChannelsLast(configuration));
            perfect += examples * perfect(loss, rows) / labels.size(0);
        }
        return new BatchYardstick(constant, perfect < constant ? perfect : 0);
    }

    /** Returns the summed loss of answers that are the labels; 0 where the loss function cannot tell. */
    private static double perfect(ILossFunction loss, INDArray rows) {
        if (loss instanceof LossSparseMCXENT || rows.isEmpty()) {
            return 0;
        } else if (loss instanceof LossMCXENT entropy) {
            return entropy(rows, entropy.getWeights(), false);
        } else if (loss instanceof LossBinaryXENT binary) {
            return entropy(rows, binary.getWeights(), true);
        }
        try {
            double sum = loss.computeScore(rows, rows.dup(), new ActivationIdentity(), null, false);
            return Double.isFinite(sum) ? sum : 0;
        } catch (RuntimeException unsuited) {
            // A loss of the user's that wants more than answers and labels.
            return 0;
        }
    }

    private static double entropy(INDArray rows, @Nullable INDArray weights, boolean binary) {
        double sum = 0;
        for (int column = 0; column < rows.size(1); column++) {
            double weight = weights == null ? 1 : weights.getDouble(column);
            for (int row = 0; row < rows.size(0); row++) {
                double share = rows.getDouble(row, column);
                sum += weight * (binary ? ConstantLoss.binaryEntropy(share) : share > 0 ? -share * Math.log(share) : 0);
            }
        }
        return sum;
    }

    /** Tells whether labels differ enough for answers to be better or worse. */
    boolean tells() {
        return constant - perfect > 1e-9 * Math.abs(constant);
    }

    /** Returns 0 for answers that are always the same, 1 for perfect ones. */
    double skill(double loss) {
        return (constant - loss) / (constant - perfect);
    }
}
