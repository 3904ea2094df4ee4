package io.gradiometer.dl4j;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.OrthogonalDistribution;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.deeplearning4j.nn.weights.WeightInitIdentity;
import org.deeplearning4j.nn.weights.WeightInitLecunUniform;
import org.deeplearning4j.nn.weights.WeightInitNormal;
import org.deeplearning4j.nn.weights.WeightInitRelu;
import org.deeplearning4j.nn.weights.WeightInitReluUniform;
import org.deeplearning4j.nn.weights.WeightInitSigmoidUniform;
import org.deeplearning4j.nn.weights.WeightInitUniform;
import org.deeplearning4j.nn.weights.WeightInitXavier;
import org.deeplearning4j.nn.weights.WeightInitXavierLegacy;
import org.deeplearning4j.nn.weights.WeightInitXavierUniform;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.JsonNode;

/** Where the size of weights is taken from: their configuration, or the weights that a network has. */
interface WeightSource {

    /**
     * Returns the moments of one parameter; null if they cannot be told.
     *
     * @param layer index of the layer
     * @param parameter its name in the layer
     * @param configured how it is configured
     */
    @Nullable
    WeightMoments moments(int layer, String parameter, Drawing configured);

    /**
     * How weights are drawn at the start.
     *
     * @param initialization what draws them
     * @param fanIn as Deeplearning4j counts it for this layer
     * @param fanOut as Deeplearning4j counts it for this layer
     * @param inputs rows of the weight matrix
     * @param outputs columns of the weight matrix
     */
    record Drawing(@Nullable IWeightInit initialization, double fanIn, double fanOut, double inputs, double outputs) {

        private static final long SEED = 3L;
        private static final int SIDE = 512;

        /** Returns the moments of weights drawn so: in closed form where there is one, else drawn for the purpose. */
        @Nullable
        WeightMoments moments() {
            if (initialization == null) {
                return null;
            }
            double variance = variance(initialization);
            return Double.isNaN(variance) ? sampled(initialization) : WeightMoments.formula(variance);
        }

        /** The laws that Deeplearning4j 1.0.0-M2.1 really draws by, whatever their names promise. */
        private double variance(IWeightInit init) {
            if (init instanceof WeightInitXavier || init instanceof WeightInitXavierUniform) {
                return 2 / (fanIn + fanOut);
            } else if (init instanceof WeightInitRelu || init instanceof WeightInitReluUniform) {
                return 2 / fanIn;
            } else if (init instanceof WeightInitNormal) {
                return 1 / fanIn;
            } else if (init instanceof WeightInitUniform) {
                return 1 / (3 * fanIn);
            } else if (init instanceof WeightInitXavierLegacy) {
                return 1 / (inputs + outputs);
            } else if (init instanceof WeightInitLecunUniform) {
                return 3 / fanIn;
            } else if (init instanceof WeightInitSigmoidUniform) {
                return 32 / (fanIn + fanOut);
            }
            return init instanceof WeightInitIdentity ? 1 / Math.max(inputs, outputs) : Double.NaN;
        }

        /** Orthogonal matrices are not drawn: the decomposition behind them may take minutes, and the gain says all. */
        private @Nullable WeightMoments sampled(IWeightInit init) {
            if (init instanceof WeightInitDistribution) {
                JsonNode law = NeuralNetConfiguration.mapper().valueToTree(init).path("distribution");
                if (law.path("type").asText().endsWith(OrthogonalDistribution.class.getSimpleName())) {
                    double gain = law.path("gain").asDouble();
                    return WeightMoments.formula(gain * gain / Math.max(inputs, outputs));
                }
            }
            // What one of the user's would remember of a draw, nobody knows: nothing is known of what it draws.
            double[] drawn = Library.brings(init) ? draw(init) : null;
            return drawn == null ? null : WeightMoments.of(drawn);
        }

        /** Draws into an array of our own; the user's random state finds nothing gone. */
        @SuppressWarnings("try") // the scope is entered for its effect
        private double @Nullable [] draw(IWeightInit init) {
            Random random = Nd4j.getRandom();
            long root = random.rootState();
            long node = random.nodeState();
            try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
                random.setStates(SEED, SEED);
                INDArray view = Nd4j.create(DataType.DOUBLE, (long) SIDE * SIDE);
                init.init(fanIn, fanOut, new long[] {SIDE, SIDE}, IWeightInit.DEFAULT_WEIGHT_INIT_ORDER, view);
                return view.toDoubleVector();
            } catch (RuntimeException unsuited) {
                // One that wants weights of another shape: nothing is known of what it draws.
                return null;
            } finally {
                random.setStates(root, node);
            }
        }
    }

    /** Takes weights as the configuration would draw them; layers that draw alike are asked once. */
    static WeightSource ofConfiguration() {
        Map<Drawing, Optional<WeightMoments>> known = new HashMap<>();
        return (layer, parameter, configured) -> known.computeIfAbsent(
                        configured, drawing -> Optional.ofNullable(drawing.moments()))
                .orElse(null);
    }

    /**
     * Takes the weights that a network has; each parameter is read once.
     *
     * @param parameters of each layer
     */
    static WeightSource ofWeights(Map<Integer, Map<String, INDArray>> parameters) {
        Map<String, WeightMoments> known = new HashMap<>();
        return (layer, parameter, configured) -> {
            Map<String, INDArray> table = parameters.get(layer);
            INDArray weights = table == null ? null : table.get(parameter);
            return weights == null ? null : known.computeIfAbsent(layer + parameter, key -> read(weights));
        };
    }

    /** Reads weights, a sample of them where there are very many: their size is then known to within a hundredth. */
    private static WeightMoments read(INDArray weights) {
        int most = 16_384;
        long length = weights.length();
        double[] values = new double[(int) Math.min(most, length)];
        SplittableRandom random = new SplittableRandom(4L);
        // Without gaps the buffer holds the same values, in whatever order, and is asked in a tenth of the time.
        LongToDoubleFunction at = weights.elementWiseStride() == 1 ? weights.data()::getDouble : weights::getDouble;
        for (int i = 0; i < values.length; i++) {
            values[i] = at.applyAsDouble(length <= most ? i : random.nextLong(length));
        }
        return WeightMoments.of(values);
    }
}
