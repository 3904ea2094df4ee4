package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.batch;
import static io.gradiometer.dl4j.SameDiffNetworks.withLoss;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Losses in plain arithmetic beside the operations that they stand for. */
class PlainLossTest {

    private static final Percentage CLOSE = Percentage.withPercentage(1e-3);

    /** What a network's own operation and the plain arithmetic make of the same values. */
    private record Twins(SameDiff network, @Nullable PlainLoss plain) {

        static Twins of(SameDiffNetworks.LossOf loss) {
            SameDiff network = withLoss(new Sgd(0.1), loss);
            String name = network.getLossVariables().get(0);
            ForwardGraph graph = new ForwardGraph(network, List.of(name));
            return new Twins(network, PlainLoss.of(graph, Objects.requireNonNull(graph.producer(name))));
        }

        double operation(INDArray features, INDArray labels) {
            String name = network.getLossVariables().get(0);
            return value(features, labels, name).getDouble(0);
        }

        double plain(INDArray features, INDArray labels) {
            return plain(Map.of("out", value(features, labels, "out"), "labels", labels));
        }

        double plain(Map<String, INDArray> values) {
            return Objects.requireNonNull(plain).compute(name -> Objects.requireNonNull(values.get(name)));
        }

        private INDArray value(INDArray features, INDArray labels, String name) {
            return Objects.requireNonNull(network.output(Map.of("input", features, "labels", labels), name)
                            .get(name))
                    .dup();
        }
    }

    private static SDVariable constant(SDVariable beside, double value) {
        return beside.getSameDiff().constant(Nd4j.scalar(DataType.FLOAT, value));
    }

    static Stream<LossReduce> reductions() {
        return Stream.of(LossReduce.values()).filter(reduce -> reduce != LossReduce.NONE);
    }

    @ParameterizedTest
    @MethodSource("reductions")
    void computes_what_the_entropy_operation_does(LossReduce reduce) {
        Twins twins = Twins.of((labels, out) ->
                out.getSameDiff().loss().softmaxCrossEntropy("loss", labels, out, constant(out, 0.7), reduce, 0.1));
        INDArray features = SameDiffNetworks.weights(32, 6, new Random(3)).muli(20);
        INDArray labels = batch(32, 3).getLabels();

        assertThat(twins.plain(features, labels)).isCloseTo(twins.operation(features, labels), CLOSE);
    }

    @ParameterizedTest
    @MethodSource("reductions")
    void computes_what_the_squares_operation_does(LossReduce reduce) {
        Twins twins = Twins.of((labels, out) ->
                out.getSameDiff().loss().meanSquaredError("loss", labels, out, constant(out, 0.7), reduce));
        INDArray features = batch(32, 3).getFeatures();
        INDArray labels = batch(32, 3).getLabels();

        assertThat(twins.plain(features, labels)).isCloseTo(twins.operation(features, labels), CLOSE);
    }

    @Test
    void reads_values_in_whichever_order_they_lie() {
        Twins twins =
                Twins.of((labels, out) -> out.getSameDiff().loss().softmaxCrossEntropy("loss", labels, out, null));
        INDArray out = SameDiffNetworks.weights(32, 3, new Random(3));
        INDArray labels = batch(32, 3).getLabels();

        double inRows = twins.plain(Map.of("out", out.dup('c'), "labels", labels.dup('f')));
        double inColumns = twins.plain(Map.of("out", out.dup('f'), "labels", labels.dup('c')));

        assertThat(inRows).isPositive().isEqualTo(inColumns);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e35})
    void leaves_what_is_not_finite_or_large_to_the_operation(double value) {
        Twins twins =
                Twins.of((labels, out) -> out.getSameDiff().loss().softmaxCrossEntropy("loss", labels, out, null));
        INDArray out = SameDiffNetworks.weights(32, 3, new Random(3)).putScalar(5, 1, value);
        INDArray labels = Nd4j.ones(DataType.FLOAT, 32, 3);

        assertThat(twins.plain(Map.of("out", out, "labels", labels))).isNaN();
    }

    @Test
    void leaves_large_batches_to_the_operation() {
        Twins twins =
                Twins.of((labels, out) -> out.getSameDiff().loss().softmaxCrossEntropy("loss", labels, out, null));
        INDArray out = Nd4j.ones(DataType.FLOAT, 1000, 3);

        assertThat(twins.plain(Map.of("out", out, "labels", out))).isNaN();
    }

    @ParameterizedTest
    @EnumSource(names = "NONE")
    void leaves_losses_that_are_not_brought_together_to_the_operation(LossReduce reduce) {
        Twins twins = Twins.of((labels, out) ->
                out.getSameDiff().loss().softmaxCrossEntropy("loss", labels, out, constant(out, 1), reduce, 0));

        assertThat(twins.plain()).isNull();
    }

    @Test
    void leaves_losses_that_weigh_examples_to_the_operation() {
        Twins twins = Twins.of((labels, out) -> {
            SameDiff sd = out.getSameDiff();
            return sd.loss().softmaxCrossEntropy("loss", labels, out, sd.constant(Nd4j.ones(DataType.FLOAT, 32)));
        });

        assertThat(twins.plain()).isNull();
    }
}
