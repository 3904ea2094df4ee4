package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gradiometer.signal.TensorStats;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class TensorReaderTest {

    private final TensorReader reader = new TensorReader();

    /** Element by element through the array's own indexing. */
    private static TensorStats slowTwin(INDArray array) {
        double magnitudes = 0;
        double squares = 0;
        double max = 0;
        long zeros = 0;
        long nonFinite = 0;
        for (long i = 0; i < array.length(); i++) {
            double value = array.getDouble(i);
            if (Double.isFinite(value)) {
                magnitudes += Math.abs(value);
                squares += value * value;
                max = Math.max(max, Math.abs(value));
                zeros += value == 0 ? 1 : 0;
            } else {
                nonFinite++;
            }
        }
        return new TensorStats(array.length(), magnitudes, Math.sqrt(squares), max, zeros, nonFinite);
    }

    private static INDArray noise(DataType type, char order, long... shape) {
        INDArray array = Nd4j.create(type, shape, order);
        Random random = new Random(array.length());
        for (long i = 0; i < array.length(); i++) {
            array.putScalar(i, random.nextInt(10) == 0 ? 0 : random.nextGaussian());
        }
        return array;
    }

    private void agree(INDArray array) {
        TensorStats expected = slowTwin(array);

        TensorStats stats = reader.read(array);

        assertThat(stats.length()).isEqualTo(expected.length());
        assertThat(stats.zeros()).isEqualTo(expected.zeros());
        assertThat(stats.nonFinite()).isEqualTo(expected.nonFinite());
        assertThat(stats.max()).isEqualTo(expected.max());
        assertThat(stats.l2()).isCloseTo(expected.l2(), withinPercentage(1e-4));
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT,c",
        "FLOAT,f",
        "DOUBLE,c",
        "DOUBLE,f",
        "HALF,c",
        "HALF,f",
    })
    void agrees_with_its_twin_whatever_type_order_and_view(DataType type, char order) {
        INDArray array = noise(type, order, 37, 61);

        agree(array);
        agree(array.transpose());
        agree(array.get(NDArrayIndex.interval(3, 19), NDArrayIndex.all()));
        agree(array.get(NDArrayIndex.all(), NDArrayIndex.interval(5, 2, 50)));
        agree(array.getRow(7));
        agree(array.getColumn(9));
        agree(array.reshape(order, 61, 37));
        agree(noise(type, order, 2, 3, 4, 5).permute(3, 1, 0, 2));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void counts_what_is_not_finite_and_measures_the_rest(DataType type) {
        INDArray array = noise(type, 'c', 5000);
        array.putScalar(0, Double.NaN);
        array.putScalar(2500, Double.POSITIVE_INFINITY);
        array.putScalar(4999, Double.NEGATIVE_INFINITY);

        agree(array);
        assertThat(reader.read(array).nonFinite()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "1023", "1024", "1025", "100000"})
    void agrees_at_every_size(int length) {
        agree(noise(DataType.FLOAT, 'c', length));
    }

    @Test
    void squares_that_overflow_a_float_are_still_measured() {
        INDArray huge = Nd4j.valueArrayOf(new long[] {100}, 1e30, DataType.FLOAT);

        assertThat(reader.read(huge).l2()).isCloseTo(1e31, withinPercentage(1e-3));
    }

    @Test
    void values_that_are_denormal_are_not_zeros() {
        INDArray tiny = Nd4j.valueArrayOf(new long[] {10}, Float.MIN_VALUE, DataType.FLOAT);

        assertThat(reader.read(tiny).zeros()).isZero();
        assertThat(reader.read(tiny).l2()).isPositive();
    }

    @Test
    void an_empty_array_has_nothing() {
        assertThat(reader.read(Nd4j.empty(DataType.FLOAT))).isEqualTo(TensorStats.EMPTY);
    }
}
