package io.gradiometer.signal;

import static io.gradiometer.signal.Tensors.slowly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorStatsTest {

    private static final int TRIALS = 500;

    private final Random random = new Random(7);

    @Test
    void parts_joined_are_the_whole() {
        for (int trial = 0; trial < TRIALS; trial++) {
            double[] whole = Tensors.random(random);
            int first = random.nextInt(whole.length + 1);
            int second = first + random.nextInt(whole.length - first + 1);

            TensorStats joined = TensorStats.join(List.of(
                    slowly(Arrays.copyOfRange(whole, 0, first)),
                    slowly(Arrays.copyOfRange(whole, first, second)),
                    slowly(Arrays.copyOfRange(whole, second, whole.length))));

            assertSame(joined, slowly(whole));
        }
    }

    @Test
    void the_order_of_the_parts_does_not_matter() {
        for (int trial = 0; trial < TRIALS; trial++) {
            List<TensorStats> parts = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                parts.add(slowly(Tensors.random(random)));
            }
            TensorStats joined = TensorStats.join(parts);

            Collections.shuffle(parts, random);

            assertSame(TensorStats.join(parts), joined);
        }
    }

    @Test
    void joining_nothing_is_empty_and_joining_empties_changes_nothing() {
        TensorStats some = slowly(3, 0, Double.NaN);

        assertThat(TensorStats.join(List.of())).isEqualTo(TensorStats.EMPTY);
        assertThat(TensorStats.join(List.of(TensorStats.EMPTY, some, TensorStats.EMPTY)))
                .isEqualTo(some);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, -1, 0.1, -32, 1e-6, 1e6, 0})
    void a_multiple_has_the_statistics_of_the_multiplied_elements(double factor) {
        for (int trial = 0; trial < TRIALS; trial++) {
            double[] elements = Tensors.random(random);
            double[] multiplied = DoubleStream.of(elements).map(x -> x * factor).toArray();

            assertSame(slowly(elements).times(factor), slowly(multiplied));
        }
    }

    @Test
    void the_root_mean_square_is_over_finite_elements() {
        for (int trial = 0; trial < TRIALS; trial++) {
            double[] elements = Tensors.random(random);
            double meanSquare = DoubleStream.of(elements)
                    .filter(Double::isFinite)
                    .map(x -> x * x)
                    .average()
                    .orElse(0);

            assertThat(slowly(elements).rms()).isEqualTo(Math.sqrt(meanSquare), relative(Math.sqrt(meanSquare)));
        }
    }

    @Test
    void the_root_mean_square_grows_with_the_elements_and_not_with_their_number() {
        double[] elements = {1, -2, 3, 0.5};
        TensorStats one = slowly(elements);

        assertThat(TensorStats.join(Collections.nCopies(1000, one)).rms()).isEqualTo(one.rms(), relative(one.rms()));
        assertThat(one.times(-8).rms()).isEqualTo(8 * one.rms(), relative(8 * one.rms()));
    }

    @Test
    void one_nan_does_not_hide_how_large_the_rest_is() {
        TensorStats stats = slowly(3, Double.NaN, -4);

        assertThat(stats.allFinite()).isFalse();
        assertThat(stats.nonFinite()).isEqualTo(1);
        assertThat(stats.l2()).isEqualTo(5);
        assertThat(stats.max()).isEqualTo(4);
        assertThat(stats.rms()).isEqualTo(5 / Math.sqrt(2), within(1e-15));
    }

    @Test
    void a_tensor_without_finite_elements_has_no_size() {
        TensorStats stats = slowly(Double.NaN, Double.POSITIVE_INFINITY);

        assertThat(stats.rms()).isZero();
        assertThat(stats.zeroShare()).isZero();
        assertThat(stats.allZero()).isFalse();
    }

    @Test
    void an_empty_tensor_is_neither_zero_nor_broken() {
        assertThat(TensorStats.EMPTY.allZero()).isFalse();
        assertThat(TensorStats.EMPTY.allFinite()).isTrue();
        assertThat(TensorStats.EMPTY.rms()).isZero();
        assertThat(TensorStats.EMPTY.zeroShare()).isZero();
    }

    @Test
    void zeros_are_counted_whatever_their_sign() {
        assertThat(slowly(0, -0.0, 1, 2).zeroShare()).isEqualTo(0.5);
        assertThat(slowly(0, -0.0).allZero()).isTrue();
        assertThat(slowly(0, 1e-300).allZero()).isFalse();
    }

    @Test
    void huge_parts_join_without_overflow() {
        TensorStats huge = new TensorStats(1, 1e300, 1e300, 1e300, 0, 0);

        assertThat(TensorStats.join(List.of(huge, huge)).l2()).isEqualTo(Math.sqrt(2) * 1e300, relative(1e300));
    }

    private static void assertSame(TensorStats actual, TensorStats expected) {
        assertThat(actual.length()).isEqualTo(expected.length());
        assertThat(actual.zeros()).isEqualTo(expected.zeros());
        assertThat(actual.nonFinite()).isEqualTo(expected.nonFinite());
        assertThat(actual.max()).isEqualTo(expected.max(), relative(expected.max()));
        assertThat(actual.l2()).isEqualTo(expected.l2(), relative(expected.l2()));
    }

    private static Offset<Double> relative(double value) {
        return within(Math.abs(value) * 1e-12);
    }
}
