package io.gradiometer.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each bucket against the numbers that went into it, all kept and sorted. */
class BucketsTest {

    private static final int MOST = 64;

    private static Buckets buckets(int columns, int sample) {
        return new Buckets(columns, Integer.MAX_VALUE, MOST, sample);
    }

    private static List<Bucket> fill(Buckets buckets, double[] values) {
        for (int i = 0; i < values.length; i++) {
            buckets.add(i, new double[] {values[i]});
        }
        return buckets.rows().stream().map(row -> row.bucket(0)).toList();
    }

    static Stream<Arguments> shapes() {
        Random random = new Random(3);
        return Stream.of(
                        shape("noise", i -> random.nextGaussian()),
                        shape("falling", i -> -i),
                        shape("rising", i -> i),
                        shape("the same", i -> 0.1),
                        shape("a period of 64", i -> i % 64),
                        shape("a period of 100", i -> i % 100),
                        shape("over many decades", i -> Math.exp(10 * random.nextGaussian())),
                        shape("two kinds", i -> random.nextInt(10) == 0 ? 1 : -1))
                .flatMap(shape -> Stream.of(32, 16).map(sample -> Arguments.of(shape, sample)));
    }

    /** A named sequence of numbers. */
    private record Shape(String name, IntToDoubleFunction value) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Shape shape(String name, IntToDoubleFunction value) {
        return new Shape(name, value);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void every_bucket_agrees_with_its_numbers(Shape shape, int sample) {
        double[] values = new double[200_000];
        Arrays.setAll(values, shape.value());
        double most = sample == 32 ? 0.06 : 0.12;
        double errors = 0;

        List<Bucket> buckets = fill(buckets(1, sample), values);

        assertThat(buckets).hasSizeBetween(MOST / 2, MOST);
        int start = 0;
        for (Bucket bucket : buckets) {
            double[] inside = Arrays.copyOfRange(values, start, start + (int) bucket.count());
            assertThat(bucket.first()).isEqualTo(start);
            start += inside.length;
            assertThat(bucket.last()).isEqualTo(start - 1);
            Arrays.sort(inside);
            assertThat(bucket.min()).isEqualTo(inside[0]);
            assertThat(bucket.max()).isEqualTo(inside[inside.length - 1]);
            double mean = Arrays.stream(inside).average().orElseThrow();
            double scale = Arrays.stream(inside).map(Math::abs).average().orElseThrow();
            assertThat(Math.abs(bucket.mean() - mean)).isLessThanOrEqualTo(1e-9 * scale);
            for (double error : List.of(
                    rankError(inside, bucket.low(), 0.05),
                    rankError(inside, bucket.median(), 0.5),
                    rankError(inside, bucket.high(), 0.95))) {
                assertThat(error).isLessThanOrEqualTo(most);
                errors += error / 3 / buckets.size();
            }
        }
        assertThat(errors).as("on average").isLessThanOrEqualTo(most / 3);
        assertThat(start).isEqualTo(values.length);
    }

    /** Returns how far the rank of a value is from the one it stands for; equal values have all their ranks. */
    private static double rankError(double[] sorted, double value, double share) {
        double below = Arrays.stream(sorted).filter(v -> v < value).count() / (double) sorted.length;
        double upTo = Arrays.stream(sorted).filter(v -> v <= value).count() / (double) sorted.length;
        return Math.max(0, Math.max(below - share, share - upTo));
    }

    @Test
    void quantiles_of_few_numbers_are_exact() {
        double[] values = new double[MOST * 16];
        Random random = new Random(5);
        Arrays.setAll(values, i -> random.nextDouble());

        List<Bucket> buckets = fill(buckets(1, 32), values);

        double[] first = Arrays.copyOf(values, (int) buckets.get(0).count());
        Arrays.sort(first);
        assertThat(first).hasSize(32);
        assertThat(buckets.get(0).low()).isEqualTo(first[1]);
        assertThat(buckets.get(0).median()).isEqualTo(first[15]);
        assertThat(buckets.get(0).high()).isEqualTo(first[30]);
    }

    @Test
    void what_is_not_finite_is_looked_at_and_not_counted() {
        double[] values = {1, Double.NaN, Double.POSITIVE_INFINITY, 3};

        List<Bucket> buckets = fill(new Buckets(1, 0, 4, 16), values);

        assertThat(buckets).hasSize(2);
        assertThat(buckets.get(0)).isEqualTo(new Bucket(0, 1, 2, 1, 1, 1, 1, 1, 1, 1));
        assertThat(buckets.get(1).count()).isEqualTo(1);
        assertThat(buckets.get(1).steps()).isEqualTo(2);
    }

    @Test
    void a_bucket_of_nothing_finite_has_no_numbers() {
        double none = Double.NaN;

        assertThat(fill(buckets(1, 16), new double[] {none}))
                .containsExactly(new Bucket(0, 0, 1, 0, none, none, none, none, none, none));
    }

    @Test
    void the_largest_numbers_have_a_mean() {
        double[] values = new double[1000];
        Arrays.fill(values, Double.MAX_VALUE);
        values[500] = -Double.MAX_VALUE;

        assertThat(fill(buckets(1, 16), values)).allMatch(b -> Double.isFinite(b.mean()));
    }

    @Test
    void columns_do_not_disturb_each_other() {
        Random random = new Random(11);
        Buckets together = buckets(2, 16);
        Buckets alone = buckets(1, 16);
        for (int i = 0; i < 20_000; i++) {
            double value = random.nextGaussian();
            together.add(i, new double[] {value, i % 3 == 0 ? Double.NaN : 1e9 * value});
            alone.add(i, new double[] {value});
        }

        List<Bucket> first = new ArrayList<>();
        together.rows().forEach(row -> first.add(row.bucket(0)));
        assertThat(first)
                .isEqualTo(alone.rows().stream().map(row -> row.bucket(0)).toList());
        assertThat(together.rows())
                .allMatch(row -> row.bucket(1).count() < row.bucket(0).count()
                        || row.bucket(0).steps() < 3);
    }
}
