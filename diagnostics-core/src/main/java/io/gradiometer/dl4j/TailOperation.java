package io.gradiometer.dl4j;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.custom.Invoke;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.BaseCompatOp;
import org.nd4j.linalg.api.ops.impl.layers.ExternalErrorsFunction;
import org.nd4j.linalg.api.ops.impl.shape.tensorops.BaseTensorOp;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An operation of a {@code SameDiff} that training leaves out, computed beside it.
 *
 * <p>Keeps its results' memory from one iteration to the next, as long as the shapes of what comes in stay.
 */
final class TailOperation {

    private final OpContext context = Nd4j.getExecutioner().buildContext();
    private final List<String> inputNames;
    private final List<String> outputNames;
    private List<Object> shapes = List.of();
    private INDArray[] outputs = {};

    TailOperation(SameDiffOp operation) {
        DifferentialFunction function = operation.getOp();
        inputNames = List.copyOf(ForwardGraph.inputs(operation));
        outputNames = List.copyOf(operation.getOutputsOfOp());
        if (!isComputable(function)) {
            throw new IllegalStateException("the loss comes out of a '" + function.opName()
                    + "' operation, which training leaves out and which cannot be computed beside it");
        }
    }

    private boolean isComputable(DifferentialFunction function) {
        boolean special = function instanceof BaseCompatOp
                || function instanceof BaseTensorOp
                || function instanceof Invoke
                || function instanceof ExternalErrorsFunction;
        return !special && (function instanceof DynamicCustomOp || (function instanceof Op && inputNames.size() == 1));
    }

    /**
     * Computes.
     *
     * @param function that the network has for it
     * @param values finds what comes in
     * @param results takes what comes out
     */
    void run(DifferentialFunction function, Function<String, INDArray> values, Map<String, INDArray> results) {
        INDArray[] inputs = new INDArray[inputNames.size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = values.apply(inputNames.get(i));
        }
        try {
            if (function instanceof DynamicCustomOp custom) {
                context.setArgs(inputs, custom.iArgs(), custom.dArgs(), custom.tArgs(), custom.bArgs());
            } else {
                context.setInputArray(0, inputs[0]);
            }
            allocate(function, inputs);
            for (int i = 0; i < outputs.length; i++) {
                context.setOutputArray(i, outputs[i]);
                results.put(outputNames.get(i), outputs[i]);
            }
            if (function instanceof DynamicCustomOp custom) {
                Nd4j.exec(custom, context);
            } else {
                Nd4j.exec((Op) function, context);
            }
        } finally {
            context.purge();
        }
    }

    private void allocate(DifferentialFunction function, INDArray[] inputs) {
        List<Object> now = Arrays.stream(inputs).map(TailOperation::shape).toList();
        // Whole numbers can be shapes themselves: then what comes out depends on more than the shape of what comes in.
        boolean free = Arrays.stream(inputs).anyMatch(input -> input.dataType().isIntType());
        if (free || !now.equals(shapes)) {
            close();
            outputs = function.calculateOutputShape(context).stream()
                    .map(TailOperation::array)
                    .toArray(INDArray[]::new);
            shapes = now;
        }
    }

    private record Shape(DataType type, List<Long> lengths) {}

    private static Object shape(INDArray array) {
        return new Shape(array.dataType(), Arrays.stream(array.shape()).boxed().toList());
    }

    private static INDArray array(LongShapeDescriptor shape) {
        return Nd4j.createUninitializedDetached(shape.dataType(), shape.getShape());
    }

    private void close() {
        for (INDArray output : outputs) {
            output.close();
        }
        outputs = new INDArray[0];
    }
}
