package io.gradiometer.dl4j;

import java.lang.reflect.Field;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What an output layer is being trained on.
 *
 * @param labels of the batch
 * @param mask that leaves some of them out; null if all count
 */
record OutputLabels(INDArray labels, @Nullable INDArray mask) {

    /**
     * A graph has taken the labels off its layers when the gradient is known, and has no method that hands out its own. Null in
     * a Deeplearning4j that keeps them elsewhere: skill is unknown then, and all else as ever.
     */
    private static final @Nullable Field OF_GRAPH = ofGraph();

    private static @Nullable Field ofGraph() {
        try {
            Field field = ComputationGraph.class.getDeclaredField("labels");
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException | RuntimeException elsewhere) {
            return null;
        }
    }

    /** Returns the labels of an output layer; null where there are none at the moment. */
    static @Nullable OutputLabels of(Model model, LayerSlot output) {
        if (model instanceof ComputationGraph graph) {
            int number = graph.getConfiguration().getNetworkOutputs().indexOf(output.output());
            INDArray labels = at(labels(graph), number);
            return labels == null ? null : new OutputLabels(labels, at(graph.getLabelMaskArrays(), number));
        }
        Layer layer = Layout.layersOf(model)[output.position()];
        INDArray labels = layer instanceof IOutputLayer loss ? loss.getLabels() : null;
        return labels == null ? null : new OutputLabels(labels, layer.getMaskArray());
    }

    private static INDArray @Nullable [] labels(ComputationGraph graph) {
        try {
            return OF_GRAPH == null ? null : (INDArray[]) OF_GRAPH.get(graph);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a field that was made accessible is not", e);
        }
    }

    private static @Nullable INDArray at(INDArray @Nullable [] arrays, int number) {
        return arrays == null || number < 0 || number >= arrays.length ? null : arrays[number];
    }
}
