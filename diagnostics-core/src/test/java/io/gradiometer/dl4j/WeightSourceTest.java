package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.dl4j.WeightSource.Drawing;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.distribution.ConstantDistribution;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.distribution.OrthogonalDistribution;
import org.deeplearning4j.nn.conf.distribution.TruncatedNormalDistribution;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class WeightSourceTest {

    private static final long INPUTS = 300;
    private static final long OUTPUTS = 240;

    static Stream<Named<IWeightInit>> everyInitialisation() {
        Stream<Named<IWeightInit>> named = Stream.of(WeightInit.values())
                .filter(init -> init != WeightInit.DISTRIBUTION && init != WeightInit.IDENTITY)
                .map(init -> Named.of(init.name(), init.getWeightInitFunction()));
        return Stream.concat(
                named,
                Stream.of(
                                new NormalDistribution(0.1, 0.2),
                                new UniformDistribution(-0.1, 0.3),
                                new TruncatedNormalDistribution(0, 0.5),
                                new ConstantDistribution(0.3))
                        .map(law -> Named.of(law.toString(), new WeightInitDistribution(law))));
    }

    @ParameterizedTest
    @MethodSource("everyInitialisation")
    void foretells_the_size_of_the_weights_that_are_drawn(IWeightInit init) {
        Nd4j.getRandom().setSeed(11);
        INDArray drawn = init.init(
                INPUTS, OUTPUTS, new long[] {INPUTS, OUTPUTS}, 'f', Nd4j.create(DataType.DOUBLE, INPUTS * OUTPUTS));
        WeightMoments actual =
                WeightMoments.of(drawn.dup().reshape(INPUTS * OUTPUTS).toDoubleVector());

        WeightMoments foretold = Objects.requireNonNull(new Drawing(init, INPUTS, OUTPUTS, INPUTS, OUTPUTS).moments());

        assertThat(foretold.meanSquare()).isCloseTo(actual.meanSquare(), within(0.02 * actual.meanSquare()));
        assertThat(foretold.mean()).isCloseTo(actual.mean(), within(0.02 * Math.sqrt(actual.meanSquare())));
        assertThat(foretold.allEqual()).isEqualTo(actual.allEqual());
    }

    /** Drawing one with Deeplearning4j was seen not to end within minutes. */
    @Test
    void knows_without_drawing_how_large_orthogonal_weights_are() {
        IWeightInit init = new WeightInitDistribution(new OrthogonalDistribution(1.5));

        WeightMoments foretold = Objects.requireNonNull(new Drawing(init, 4000, 1000, 4000, 1000).moments());

        assertThat(foretold.meanSquare()).isCloseTo(1.5 * 1.5 / 4000, within(1e-9));
    }

    @Test
    void knows_nothing_of_an_initialisation_that_refuses_to_draw() {
        IWeightInit refusing = (fanIn, fanOut, shape, order, view) -> {
            throw new IllegalStateException("only for shapes of its own");
        };

        assertThat(new Drawing(refusing, 3, 3, 3, 3).moments()).isNull();
    }

    @Test
    void reads_weights_wherever_they_lie() {
        INDArray flat = Nd4j.arange(40).castTo(DataType.DOUBLE);
        INDArray inTheMidst = flat.get(NDArrayIndex.interval(10, 22)).reshape('f', 3, 4);
        INDArray withGaps = flat.reshape(8, 5).get(NDArrayIndex.all(), NDArrayIndex.interval(1, 3));

        for (INDArray weights : List.of(inTheMidst, withGaps)) {
            WeightMoments read = WeightSource.ofWeights(Map.of(0, Map.of("W", weights)))
                    .moments(0, "W", new Drawing(null, 3, 4, 3, 4));

            assertThat(Objects.requireNonNull(read).mean())
                    .isCloseTo(weights.meanNumber().doubleValue(), within(1e-9));
            assertThat(read.meanSquare())
                    .isCloseTo(weights.mul(weights).meanNumber().doubleValue(), within(1e-9));
        }
    }
}
