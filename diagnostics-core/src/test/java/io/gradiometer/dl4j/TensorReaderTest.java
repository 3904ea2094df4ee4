package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.gradiometer.signal.LogHistogram;
import io.gradiometer.signal.TensorStats;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class TensorReaderTest {

    private static final DataType[] FLOATING = {DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16, DataType.BFLOAT16};
    private static final int[] SIZES = {
        1, 2, 63, 64, 65, 383, 384, 385, 511, 512, 513, 1023, 1024, 1025, 2047, 2048, 2049, 10_239, 10_240, 10_241,
        20_479, 20_480, 20_481, 100_003
    };

    private final TensorReader reader = new TensorReader();

    /** What an array may hold; a number in {@code double} becomes what the type makes of it. */
    private enum Content {
        NORMAL(Random::nextGaussian),
        WITH_ZEROS(r -> r.nextInt(3) == 0 ? (r.nextBoolean() ? 0.0 : -0.0) : r.nextGaussian()),
        ALL_ZEROS(r -> r.nextBoolean() ? 0.0 : -0.0),
        CONSTANT(r -> 0.1),
        WITH_NAN(r -> r.nextInt(50) == 0 ? Double.NaN : r.nextGaussian()),
        WITH_INFINITIES(r -> r.nextInt(50) == 0 ? 1 / (r.nextBoolean() ? 0.0 : -0.0) : r.nextGaussian()),
        ALL_NAN(r -> Double.NaN),
        HUGE(r -> 1e30 * r.nextGaussian()),
        CLOSE_TO_THE_LARGEST_FLOAT(r -> 1e38 * (1 + r.nextDouble())),
        CLOSE_TO_THE_LARGEST_DOUBLE(r -> 1e305 * (1 + r.nextDouble())),
        TINY(r -> 1e-30 * r.nextGaussian()),
        AT_THE_EDGE_OF_SQUARES(r -> Math.scalb(1 + r.nextDouble(), r.nextBoolean() ? -58 : -57)),
        DENORMAL_FLOATS(r -> Float.MIN_VALUE * (double) r.nextInt(1 << 20)),
        DENORMAL_HALVES(r -> 0x1p-24 * r.nextInt(1 << 10)),
        DENORMAL_DOUBLES(r -> Double.MIN_VALUE * r.nextInt(1 << 20)),
        MIXED_MAGNITUDES(r -> r.nextGaussian() * Math.pow(10, r.nextInt(60) - 30));

        @SuppressWarnings("ImmutableEnumChecker") // the functions above keep nothing
        private final ToDoubleFunction<Random> next;

        Content(ToDoubleFunction<Random> next) {
            this.next = next;
        }

        INDArray fill(DataType type, char order, long... shape) {
            INDArray array = Nd4j.create(type, shape, order);
            Random random = new Random(array.length());
            DataBuffer data = array.data();
            for (long i = 0; i < array.length(); i++) {
                data.put(i, next.applyAsDouble(random));
            }
            return array;
        }
    }

    static Stream<Arguments> typesAndContents() {
        return Stream.of(FLOATING)
                .flatMap(type -> Stream.of(Content.values()).map(content -> Arguments.of(type, content)));
    }

    /** Element by element through the array's own indexing; scaled, so that squares stay within the range of doubles. */
    private static TensorStats slowTwin(INDArray array) {
        double[] finite = IntStream.range(0, (int) array.length())
                .mapToDouble(array::getDouble)
                .filter(Double::isFinite)
                .map(Math::abs)
                .toArray();
        double max = 0;
        double magnitudes = 0;
        long zeros = 0;
        for (double magnitude : finite) {
            max = Math.max(max, magnitude);
            magnitudes += magnitude;
            zeros += magnitude == 0 ? 1 : 0;
        }
        double squares = 0;
        for (double magnitude : finite) {
            squares += magnitude == 0 ? 0 : Math.pow(magnitude / max, 2);
        }
        return new TensorStats(
                array.length(), magnitudes, max * Math.sqrt(squares), max, zeros, array.length() - finite.length);
    }

    private static void assertSame(TensorStats stats, TensorStats expected) {
        assertThat(stats.length()).isEqualTo(expected.length());
        assertThat(stats.zeros()).isEqualTo(expected.zeros());
        assertThat(stats.nonFinite()).isEqualTo(expected.nonFinite());
        assertThat(stats.max()).isEqualTo(expected.max());
        assertClose(stats.l1(), expected.l1());
        assertClose(stats.l2(), expected.l2());
    }

    private static void assertClose(double value, double expected) {
        if (Double.isInfinite(expected)) {
            assertThat(value).isEqualTo(expected);
        } else {
            // The smallest double may be half of what a scaled sum is rounded to.
            assertThat(value).isCloseTo(expected, within(1e-6 * expected + Double.MIN_VALUE));
        }
    }

    private void agree(INDArray array) {
        assertSame(reader.read(array), slowTwin(array));
    }

    @ParameterizedTest
    @MethodSource("typesAndContents")
    void agrees_with_its_twin_at_every_size(DataType type, Content content) {
        for (int size : SIZES) {
            agree(content.fill(type, 'c', size));
        }
    }

    @ParameterizedTest
    @MethodSource("typesAndContents")
    void agrees_with_its_twin_whatever_order_and_view(DataType type, Content content) {
        for (char order : new char[] {'c', 'f'}) {
            INDArray array = content.fill(type, order, 37, 611);

            agree(array);
            agree(array.transpose());
            agree(array.get(NDArrayIndex.interval(3, 19), NDArrayIndex.all()));
            agree(array.get(NDArrayIndex.all(), NDArrayIndex.interval(5, 600)));
            agree(array.get(NDArrayIndex.all(), NDArrayIndex.interval(5, 2, 500)));
            agree(array.get(NDArrayIndex.interval(2, 30), NDArrayIndex.interval(5, 2, 500))
                    .transpose());
            agree(array.getRow(7));
            agree(array.getColumn(9));
            agree(array.getScalar(3, 5));
            agree(array.reshape(order, 611, 37));
            agree(content.fill(type, order, 2, 3, 4, 5).permute(3, 1, 0, 2));
            agree(content.fill(type, order, 2, 3, 4, 5)
                    .permute(2, 0, 3, 1)
                    .get(NDArrayIndex.point(1), NDArrayIndex.all(), NDArrayIndex.interval(1, 4), NDArrayIndex.all()));
        }
    }

    @ParameterizedTest
    @MethodSource("typesAndContents")
    void agrees_with_its_twin_on_ranges_of_a_view(DataType type, Content content) {
        INDArray view = content.fill(type, 'c', 60_000).get(NDArrayIndex.interval(17, 50_017));
        Random random = new Random(5);

        for (int i = 0; i < 20; i++) {
            int start = random.nextInt(50_000);
            int length = 1 + random.nextInt(50_000 - start);

            assertSame(
                    reader.read(view.data(), start, length),
                    slowTwin(view.get(NDArrayIndex.interval(start, start + length))));
        }
    }

    @ParameterizedTest
    @MethodSource("typesAndContents")
    void agrees_with_its_twin_where_memory_is_longer_than_a_window(DataType type, Content content) {
        TensorReader windowed = new TensorReader(4096);
        INDArray array = content.fill(type, 'c', 20_011);

        assertSame(windowed.read(array), slowTwin(array));
        assertSame(windowed.read(array.data(), 1000, 15_000), slowTwin(array.get(NDArrayIndex.interval(1000, 16_000))));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"INT", "LONG", "SHORT", "BYTE", "BOOL"})
    void agrees_with_its_twin_on_numbers_that_are_whole(DataType type) {
        INDArray array = Nd4j.arange(-300, 700).castTo(type).reshape(20, 50);

        agree(array);
        agree(array.get(NDArrayIndex.interval(3, 9), NDArrayIndex.interval(2, 3, 40)));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16"})
    void one_bad_element_anywhere_is_found(DataType type) {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            for (int at : new int[] {0, 511, 2048, 20_480, 49_999}) {
                INDArray array = Content.NORMAL.fill(type, 'c', 50_000);
                array.putScalar(at, bad);

                agree(array);
                assertThat(reader.read(array).nonFinite()).isEqualTo(1);
            }
        }
    }

    @Test
    void a_million_equal_elements_are_summed_without_drift() {
        INDArray array = Nd4j.valueArrayOf(new long[] {1_000_003}, 0.1, DataType.FLOAT);

        TensorStats stats = reader.read(array);

        assertClose(stats.l1(), 0.1f * 1_000_003.0);
        assertClose(stats.l2(), 0.1f * Math.sqrt(1_000_003.0));
    }

    @Test
    void equal_elements_of_every_magnitude_have_exact_norms() {
        for (int exponent = -149; exponent <= 127; exponent++) {
            float value = Math.scalb(1.3f, exponent);
            INDArray array = Nd4j.valueArrayOf(new long[] {5000}, value, DataType.FLOAT);

            TensorStats stats = reader.read(array);

            assertClose(stats.l1(), 5000.0 * value);
            assertClose(stats.l2(), Math.sqrt(5000) * value);
        }
    }

    @Test
    void an_empty_array_has_nothing() {
        assertThat(reader.read(Nd4j.empty(DataType.FLOAT))).isEqualTo(TensorStats.EMPTY);
        assertThat(reader.read(Nd4j.create(DataType.FLOAT, 3, 0, 2))).isEqualTo(TensorStats.EMPTY);
    }

    @Nested
    class In_parts {

        @Test
        void parts_are_read_as_one_tensor() {
            INDArray array = Content.WITH_ZEROS.fill(DataType.FLOAT, 'c', 30_000);

            reader.begin();
            reader.add(array.data(), 0, 10);
            reader.add(array.data(), 10, 0);
            reader.add(array.data(), 10, 29_000);
            reader.add(array.get(NDArrayIndex.interval(29_010, 30_000)));

            assertSame(reader.end(), slowTwin(array));
        }

        @Test
        void a_part_that_is_not_finite_leaves_the_others_as_they_are() {
            INDArray sound = Content.NORMAL.fill(DataType.FLOAT, 'c', 5000);
            INDArray broken = Content.WITH_NAN.fill(DataType.FLOAT, 'c', 5000);

            reader.begin();
            reader.add(sound);
            reader.add(broken);

            assertSame(reader.end(), slowTwin(Nd4j.concat(0, sound, broken)));
        }

        @Test
        void nothing_of_an_earlier_reading_remains() {
            reader.read(Content.WITH_NAN.fill(DataType.FLOAT, 'c', 5000));

            reader.begin();

            assertThat(reader.end()).isEqualTo(TensorStats.EMPTY);
        }
    }

    @Nested
    class Whose_memory {

        @Test
        void changed_between_readings_shows_what_is_there_now() {
            INDArray array = Content.NORMAL.fill(DataType.FLOAT, 'c', 5000);
            reader.read(array);

            array.assign(7);

            agree(array);
        }

        @Test
        void was_given_to_other_arrays_shows_the_one_at_hand() {
            for (int round = 0; round < 200; round++) {
                INDArray array = Content.NORMAL.fill(round % 2 == 0 ? DataType.FLOAT : DataType.DOUBLE, 'c', 3000);
                agree(array);
                array.close();
            }
        }

        @Test
        void is_a_workspace_used_again_shows_what_is_there_now() {
            WorkspaceConfiguration large =
                    WorkspaceConfiguration.builder().initialSize(1 << 20).build();
            for (int round = 1; round < 20; round++) {
                try (MemoryWorkspace workspace =
                        Nd4j.getWorkspaceManager().getAndActivateWorkspace(large, "TensorReaderTest")) {
                    DataType type = round % 3 == 0 ? DataType.DOUBLE : DataType.FLOAT;
                    INDArray array = Nd4j.valueArrayOf(new long[] {1000L * round}, round, type);

                    assertThat(array.data().getParentWorkspace()).isSameAs(workspace);
                    assertThat(reader.read(array).l1()).isEqualTo(1000.0 * round * round);
                }
            }
            Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
        }

        @Test
        void was_freed_is_not_read() {
            INDArray array = Content.NORMAL.fill(DataType.FLOAT, 'c', 5000);
            DataBuffer data = array.data();
            reader.read(array);
            array.close();

            assertThatThrownBy(() -> reader.read(data, 0, 5000)).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void ends_is_not_read_beyond() {
            DataBuffer data = Content.NORMAL.fill(DataType.FLOAT, 'c', 5000).data();

            assertThatThrownBy(() -> reader.read(data, 1000, 4001)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> reader.read(data, -1, 1000)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> reader.read(data, 4990, 11)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Nested
    class Without_garbage {

        private static final int READINGS = 2000;

        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        private double bytesPer(Runnable reading) {
            for (int i = 0; i < READINGS; i++) {
                reading.run();
            }
            long thread = Thread.currentThread().getId();
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < READINGS; i++) {
                reading.run();
            }
            return (double) (threads.getThreadAllocatedBytes(thread) - before) / READINGS;
        }

        @ParameterizedTest
        @EnumSource(
                value = DataType.class,
                names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16"})
        void the_same_buffers_are_read_again(DataType type) {
            List<DataBuffer> buffers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                buffers.add(Content.NORMAL.fill(type, 'c', 500 + i).data());
            }

            double bytes = bytesPer(() -> {
                reader.begin();
                for (int i = 0; i < buffers.size(); i++) {
                    reader.add(buffers.get(i), 0, 500);
                    reader.add(buffers.get(i), 3, 10);
                }
            });

            assertThat(bytes).isLessThan(8);
        }

        @Test
        void an_array_is_walked_by_its_strides() {
            INDArray array = Content.NORMAL.fill(DataType.FLOAT, 'c', 20, 30);
            INDArray every = array.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 2, 29));

            double bytes = bytesPer(() -> {
                reader.begin();
                reader.add(array);
                reader.add(every);
            });

            assertThat(bytes).isLessThan(8);
        }

        @Test
        void a_result_costs_itself() {
            DataBuffer data = Content.NORMAL.fill(DataType.FLOAT, 'c', 5000).data();

            double bytes = bytesPer(() -> assertThatRecordIsSmall(reader.read(data, 0, 5000)));

            assertThat(bytes).isLessThan(80);
        }

        private static void assertThatRecordIsSmall(TensorStats stats) {
            if (stats.length() != 5000) {
                throw new AssertionError(stats);
            }
        }
    }

    @Nested
    class By_powers_of_two {

        private static LogHistogram slowHistogram(INDArray array) {
            SortedMap<Integer, Long> counts = new TreeMap<>();
            for (long i = 0; i < array.length(); i++) {
                double magnitude = Math.abs(array.getDouble(i));
                if (magnitude > 0 && magnitude < Double.POSITIVE_INFINITY) {
                    int exponent = magnitude >= Double.MIN_NORMAL
                            ? Math.getExponent(magnitude)
                            : Math.getExponent(magnitude * 0x1p200) - 200;
                    counts.merge(exponent, 1L, Long::sum);
                }
            }
            if (counts.isEmpty()) {
                return LogHistogram.NONE;
            }
            List<Long> bins = IntStream.rangeClosed(counts.firstKey(), counts.lastKey())
                    .mapToObj(exponent -> counts.getOrDefault(exponent, 0L))
                    .toList();
            return new LogHistogram(counts.firstKey(), bins);
        }

        static Stream<Arguments> typesAndContents() {
            return TensorReaderTest.typesAndContents();
        }

        @ParameterizedTest
        @MethodSource("typesAndContents")
        void magnitudes_are_counted_exactly(DataType type, Content content) {
            INDArray array = content.fill(type, 'c', 10_007);

            assertThat(reader.histogram(array.data(), 0, array.length())).isEqualTo(slowHistogram(array));
            assertThat(reader.histogram(array.data(), 17, 4000))
                    .isEqualTo(slowHistogram(array.get(NDArrayIndex.interval(17, 4017))));
        }

        @Test
        void whole_numbers_are_counted_too() {
            INDArray array = Nd4j.createFromArray(0, 1, -1, 2, 3, 4, -8);

            assertThat(reader.histogram(array.data(), 0, 7)).isEqualTo(new LogHistogram(0, List.of(2L, 2L, 1L, 1L)));
        }

        @Test
        void nothing_of_an_earlier_count_remains() {
            INDArray ones = Nd4j.ones(DataType.FLOAT, 1000);
            reader.histogram(ones.data(), 0, 1000);

            assertThat(reader.histogram(ones.data(), 0, 500)).isEqualTo(new LogHistogram(0, List.of(500L)));
        }
    }
}
