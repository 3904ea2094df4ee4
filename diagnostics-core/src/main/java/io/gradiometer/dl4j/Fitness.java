package io.gradiometer.dl4j;

import io.gradiometer.signal.TensorStats;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/** Whether a network and a batch can be checked at all, so that a check never fails for a reason that is not its own. */
final class Fitness {

    private Fitness() {}

    static void ofNetwork(@Nullable Model model) {
        if (model == null) {
            throw new UnfitException("there is no network to check: null was given");
        } else if (!Observations.canObserve(model)) {
            throw new UnfitException("a " + model.getClass().getName()
                    + " cannot be checked; give the MultiLayerNetwork or ComputationGraph that it belongs to");
        } else if (!isInitialised(model)) {
            throw new UnfitException("the network is not initialised; call init() first");
        } else if (model.params() == null || model.params().isEmpty()) {
            throw new UnfitException("the network has no parameters, so there is nothing to check");
        }
    }

    private static boolean isInitialised(Model model) {
        return model instanceof ComputationGraph graph
                ? graph.getVertices() != null
                : ((MultiLayerNetwork) model).isInitCalled();
    }

    static void ofBatch(@Nullable MultiDataSet batch) {
        if (batch == null || isEmpty(batch.getFeatures()) || isEmpty(batch.getLabels())) {
            throw new UnfitException(
                    "the batch has no " + (batch != null && !isEmpty(batch.getFeatures()) ? "labels" : "features")
                            + "; give a batch of at least one example with features and labels");
        }
        long examples = batch.getFeatures(0).size(0);
        check(batch.getFeatures(), "features", examples);
        check(batch.getLabels(), "labels", examples);
    }

    private static boolean isEmpty(@Nullable INDArray @Nullable [] arrays) {
        return arrays == null || arrays.length == 0 || Arrays.stream(arrays).anyMatch(a -> a == null || a.isEmpty());
    }

    private static void check(INDArray[] arrays, String what, long examples) {
        for (int i = 0; i < arrays.length; i++) {
            if (arrays[i].size(0) != examples) {
                throw new UnfitException("the batch has features for " + examples + " examples but " + what + " for "
                        + arrays[i].size(0));
            }
            TensorStats stats = new TensorReader().read(arrays[i]);
            if (!stats.allFinite()) {
                throw new UnfitException(stats.nonFinite() + " of " + stats.length() + " numbers in the batch's " + what
                        + (arrays.length > 1 ? " " + i : "")
                        + " are NaN or infinite; repair or leave out these examples");
            }
        }
    }

    /** Refuses a batch that the network cannot take, before anything else trips over it. */
    static void ofBoth(Specimen specimen, MultiDataSet batch) {
        int inputs = specimen.network() instanceof ComputationGraph graph ? graph.getNumInputArrays() : 1;
        if (batch.numFeatureArrays() != inputs
                || batch.numLabelsArrays() != specimen.outputs().size()) {
            throw new UnfitException("the network has " + inputs + " inputs and "
                    + specimen.outputs().size() + " outputs, but the batch has " + batch.numFeatureArrays()
                    + " arrays of features and " + batch.numLabelsArrays() + " of labels");
        }
        for (int i = 0; i < specimen.outputs().size(); i++) {
            if (!(specimen.outputLayer(i) instanceof IOutputLayer)) {
                throw new UnfitException("output '" + specimen.outputs().get(i)
                        + "' is no output layer, so there is no loss to check; end the network in an OutputLayer");
            }
        }
        Map<String, INDArray> activations = activations(specimen, batch);
        for (int i = 0; i < specimen.outputs().size(); i++) {
            INDArray output = activations.get(specimen.outputs().get(i));
            INDArray labels = batch.getLabels(i);
            boolean sparse = LayerReader.loss(specimen.outputLayer(i).conf().getLayer()) instanceof LossSparseMCXENT;
            if (output != null && !sparse && !Arrays.equals(output.shape(), labels.shape())) {
                throw new UnfitException("the network answers with shape " + Arrays.toString(output.shape())
                        + ", but the labels have shape " + Arrays.toString(labels.shape())
                        + "; one of both is of the wrong width");
            }
        }
    }

    private static Map<String, INDArray> activations(Specimen specimen, MultiDataSet batch) {
        try {
            return specimen.activations(batch, false);
        } catch (RuntimeException refused) {
            UnfitException unfit = new UnfitException("the network cannot take features of shape "
                    + Arrays.toString(batch.getFeatures(0).shape()) + ": " + refused.getMessage());
            unfit.initCause(refused);
            throw unfit;
        }
    }
}
