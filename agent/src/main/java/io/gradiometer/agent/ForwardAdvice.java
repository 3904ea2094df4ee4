package io.gradiometer.agent;

import io.gradiometer.dl4j.AgentEvents;
import java.util.List;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Tells of the forward passes of training, where listeners would hear of them if there were any. */
final class ForwardAdvice {

    private ForwardAdvice() {}

    /** Put into the one forward pass that only training uses. */
    static final class OfNetwork {

        private OfNetwork() {}

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@Advice.This MultiLayerNetwork model, @Advice.Return List<INDArray> activations) {
            AgentEvents.forward(model, activations);
        }
    }

    /** Put into a forward pass that scoring and pretraining use, too: training passes through all of the graph. */
    static final class OfGraph {

        private OfGraph() {}

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.This ComputationGraph model,
                @Advice.Argument(0) boolean train,
                @Advice.Argument(1) int layerIndex,
                @Advice.Return Map<String, INDArray> activations) {
            if (train && layerIndex == -1) {
                AgentEvents.forward(model, activations);
            }
        }
    }
}
