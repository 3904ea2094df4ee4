package io.gradiometer.dl4j;

import io.gradiometer.finding.Fact;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Equations that a right gradient fulfils to the last digits, whatever the data, where the layers are of the right kind.
 *
 * <ul>
 *   <li>Softmax with cross-entropy: the gradients of the output's biases add up to 0, and so do those of each row of weights.
 *   <li>A unit with a ReLU, leaky ReLU or identity: what its incoming weights times their gradients add up to, bias included,
 *       its outgoing ones do, too, for scaling the ones up and the others down changes nothing.
 *   <li>Biases before a batch normalisation: their gradient is 0, for the mean is taken off again.
 *   <li>Weights before a batch normalisation: in each unit, times their gradients they add up to 0, for the scale is divided out
 *       again; all but the share that epsilon has in the variance, times gain and gradient of the gain.
 * </ul>
 */
final class GradientIdentities {

    /** A leaky ReLU keeps its slope in a few digits less than the rest is computed with. */
    private static final double TOLERANCE = 1e-7;

    private final Specimen specimen;
    private final FlatParts parameters;
    private final FlatParts gradient;
    private final List<Fact> violations = new ArrayList<>();

    GradientIdentities(Specimen specimen, FlatParts parameters, FlatParts gradient) {
        this.specimen = specimen;
        this.parameters = parameters;
        this.gradient = gradient;
    }

    /** Returns the identities that do not hold, with their residuals. */
    List<Fact> violations(MultiDataSet batch) {
        for (int i = 0; i < specimen.outputs().size(); i++) {
            if (addsUpToOne(batch.getLabels(i))) {
                checkSoftmax(specimen.outputSlot(i));
            }
        }
        for (LayerSlot slot : specimen.layout().slots()) {
            LayerSlot follower = specimen.onlyFollower(slot);
            if (follower != null && !slot.view().frozen() && !follower.view().frozen()) {
                checkBalance(slot, follower);
                checkBeforeNormalization(slot, follower, batch);
            }
        }
        return violations;
    }

    private static boolean addsUpToOne(INDArray labels) {
        return labels.rank() >= 2 && labels.sum(1).subi(1).amaxNumber().doubleValue() < TOLERANCE;
    }

    private void checkSoftmax(LayerSlot slot) {
        Layer layer = specimen.configuration(slot);
        ILossFunction loss = LayerReader.loss(layer);
        boolean entropy = loss != null
                && (loss.getClass() == LossMCXENT.class || loss.getClass() == LossNegativeLogLikelihood.class)
                && ((LossMCXENT) loss).getWeights() == null;
        boolean plain = layer.getClass() == OutputLayer.class || layer.getClass() == RnnOutputLayer.class;
        if (!entropy || !plain || slot.view().frozen() || !(slot.activation() instanceof ActivationSoftmax)) {
            return;
        }
        String where = " in '" + slot.view().name() + "'";
        INDArray weights = gradient.matrix(slot, FlatParts.indexOf(slot, "W"));
        require(
                "rows of weight gradients that should add up to 0" + where,
                weights.sum(1),
                Transforms.abs(weights).sum(1));
        if (((BaseOutputLayer) layer).hasBias()) {
            INDArray biases = gradient.part(slot, FlatParts.indexOf(slot, "b"));
            require(
                    "bias gradients that should add up to 0" + where,
                    biases.sum(),
                    Transforms.abs(biases).sum());
        }
    }

    private void checkBalance(LayerSlot slot, LayerSlot follower) {
        Layer layer = specimen.configuration(slot);
        Layer behind = specimen.configuration(follower);
        boolean dense = layer.getClass() == DenseLayer.class && !((DenseLayer) layer).hasLayerNorm();
        boolean denseBehind = (behind.getClass() == DenseLayer.class && !((DenseLayer) behind).hasLayerNorm())
                || behind.getClass() == OutputLayer.class;
        if (!dense || !denseBehind || !isHomogeneous(slot.activation())) {
            return;
        }
        INDArray incoming = products(slot, FlatParts.indexOf(slot, "W"));
        INDArray outgoing = products(follower, FlatParts.indexOf(follower, "W"));
        INDArray in = incoming.sum(0);
        INDArray size =
                Transforms.abs(incoming).sum(0).addi(Transforms.abs(outgoing).sum(1));
        int bias = FlatParts.indexOf(slot, "b");
        if (bias >= 0) {
            in.addi(parameters.part(slot, bias).mul(gradient.part(slot, bias)));
        }
        require(
                "difference of incoming and outgoing weights times gradients in '"
                        + slot.view().name() + "'",
                in.subi(outgoing.sum(1)),
                size);
    }

    private INDArray products(LayerSlot slot, int weights) {
        return parameters.matrix(slot, weights).mul(gradient.matrix(slot, weights));
    }

    private static boolean isHomogeneous(@Nullable IActivation activation) {
        return activation instanceof ActivationReLU
                || activation instanceof ActivationLReLU
                || activation instanceof ActivationIdentity;
    }

    private void checkBeforeNormalization(LayerSlot slot, LayerSlot follower, MultiDataSet batch) {
        Layer layer = specimen.configuration(slot);
        boolean dense = layer.getClass() == DenseLayer.class && !((DenseLayer) layer).hasLayerNorm();
        boolean convolution = layer.getClass() == ConvolutionLayer.class
                && ((ConvolutionLayer) layer).getCnn2dDataFormat() == CNN2DFormat.NCHW;
        if ((!dense && !convolution)
                || !(slot.activation() instanceof ActivationIdentity)
                || !(specimen.configuration(follower) instanceof BatchNormalization normalization)) {
            return;
        }
        int weights = FlatParts.indexOf(slot, "W");
        INDArray gradients = gradient.part(slot, weights);
        int bias = FlatParts.indexOf(slot, "b");
        if (bias >= 0) {
            require(
                    "bias gradient before batch normalisation in '"
                            + slot.view().name() + "'",
                    gradient.part(slot, bias),
                    gradients.amax());
        }
        int gain = FlatParts.indexOf(follower, "gamma");
        if (gain >= 0) {
            INDArray products = byUnit(parameters.part(slot, weights).mul(gradients), slot, convolution);
            INDArray gained = parameters.part(follower, gain).mul(gradient.part(follower, gain));
            INDArray expected = gained.mul(shareOfEpsilon(slot, normalization, batch));
            require(
                    "weights times gradients before batch normalisation in '"
                            + slot.view().name() + "'",
                    products.sum(1).subi(expected),
                    Transforms.abs(products).sum(1));
        }
    }

    /** Lays what belongs to one unit in one row. */
    private static INDArray byUnit(INDArray flat, LayerSlot slot, boolean convolution) {
        return convolution
                ? flat.reshape('c', slot.outputs(), flat.length() / slot.outputs())
                : flat.reshape('f', slot.inputs(), slot.outputs()).transpose();
    }

    private INDArray shareOfEpsilon(LayerSlot slot, BatchNormalization normalization, MultiDataSet batch) {
        INDArray sums = Specimen.activation(specimen.activations(batch, true), slot.output());
        INDArray variance = sums.rank() == 4 ? sums.var(false, 0, 2, 3) : sums.var(false, 0);
        return variance.add(normalization.getEps()).rdivi(normalization.getEps());
    }

    /** Notes where residuals are not small beside the terms that they are left of. */
    private void require(String what, INDArray residuals, INDArray sizes) {
        double size = sizes.maxNumber().doubleValue();
        double residual = residuals.amaxNumber().doubleValue();
        if (!(residual <= TOLERANCE * size)) {
            violations.add(Fact.of(what, residual, TOLERANCE * size));
        }
    }
}
