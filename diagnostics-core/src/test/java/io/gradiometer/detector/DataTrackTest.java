package io.gradiometer.detector;

import static io.gradiometer.Runs.aRun;
import static io.gradiometer.Runs.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.RunBuilder;
import io.gradiometer.signal.ColumnStats;
import io.gradiometer.signal.TensorStats;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;

class DataTrackTest {

    private static DataTrack of(RunBuilder run) {
        DataTrack data = new DataTrack();
        run.build().steps().forEach(data::step);
        return data;
    }

    private static ColumnStats describe(double... values) {
        SummaryStatistics statistics = new SummaryStatistics();
        DoubleStream.of(values).filter(Double::isFinite).forEach(statistics::addValue);
        return new ColumnStats(
                statistics.getN(),
                statistics.getMean(),
                Math.sqrt(statistics.getPopulationVariance()),
                statistics.getMin(),
                statistics.getMax(),
                values.length - statistics.getN());
    }

    private static DataTrack labels(ColumnStats... columns) {
        return of(aRun().steps(1).each(s -> s.labelColumns(columns)));
    }

    private static ColumnStats share(double ones) {
        return new ColumnStats(100, ones, Math.sqrt(ones * (1 - ones)), 0, 1, 0);
    }

    @Test
    void joins_batches_as_if_they_were_one() {
        Random random = new Random(42);
        double[] first =
                DoubleStream.generate(() -> 3 + random.nextGaussian()).limit(30).toArray();
        double[] second = DoubleStream.generate(() -> -1 + 2 * random.nextGaussian())
                .limit(50)
                .toArray();
        ColumnStats twin = describe(DoubleStream.concat(DoubleStream.of(first), DoubleStream.of(second))
                .toArray());

        DataTrack.Column joined = of(aRun().steps(2)
                        .each(s -> s.inputColumns(s.iteration() == 0 ? describe(first) : describe(second))))
                .inputs()
                .get(0);

        assertThat(joined.count()).isEqualTo(80);
        assertThat(joined.mean()).isCloseTo(twin.mean(), within(1e-12));
        assertThat(joined.deviation()).isCloseTo(twin.deviation(), within(1e-12));
        assertThat(joined.rms()).isCloseTo(Math.hypot(twin.mean(), twin.deviation()), within(1e-12));
        assertThat(joined.min()).isEqualTo(twin.min());
        assertThat(joined.max()).isEqualTo(twin.max());
    }

    @Test
    void counts_what_is_not_finite_and_leaves_it_out() {
        DataTrack data = of(aRun().steps(3)
                .each(s -> s.labelColumns(
                        s.iteration() == 1
                                ? new ColumnStats(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 2)
                                : describe(1, 3, Double.NaN))));

        assertThat(data.labels()).hasSize(1);
        assertThat(data.labels().get(0).mean()).isCloseTo(2, within(1e-12));
        assertThat(data.labels().get(0).max()).isEqualTo(3);
        assertThat(data.nonFiniteLabels()).isEqualTo(4);
    }

    @Test
    void counts_what_is_not_finite_in_later_labels_that_were_not_described_column_by_column() {
        TensorStats oneInFive = new TensorStats(5, 4, 2, 1, 0, 1);
        DataTrack data = of(aRun().steps(4).each(s -> s.labels(oneInFive)).from(1, s -> s.labelColumns()));

        assertThat(data.nonFiniteLabels()).isEqualTo(3);
    }

    @Test
    void knows_the_share_that_one_class_has_in_every_batch() {
        assertThat(labels(share(0.2)).purestShare()).isCloseTo(0.8, within(1e-12));
        assertThat(labels(share(0.9)).purestShare()).isCloseTo(0.9, within(1e-12));
        assertThat(labels(share(0.2), share(0.3), share(0.5)).purestShare()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void leaves_out_columns_without_a_finite_value_but_counts_what_they_hold() {
        DataTrack data = labels(new ColumnStats(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 32), share(0.5));

        assertThat(data.labels()).hasSize(1);
        assertThat(data.nonFiniteLabels()).isEqualTo(32);
    }

    @Test
    void keeps_to_the_first_kind_of_batch() {
        DataTrack data = of(aRun().steps(3)
                .each(s -> s.inputColumns(describe(1, 2), describe(3, 4)))
                .at(1, s -> s.inputColumns(describe(100, 200))));

        assertThat(data.inputs()).extracting(DataTrack.Column::max).containsExactly(2.0, 4.0);
        assertThat(data.inputs()).extracting(DataTrack.Column::count).containsExactly(4L, 4L);
    }

    @Test
    void remembers_the_first_batch_that_was_read() {
        DataTrack data = of(aRun().steps(3)
                .each(s -> s.features(tensor(10, s.iteration())).labels(tensor(5, 10 * s.iteration())))
                .at(0, s -> s.features(TensorStats.EMPTY).labels(TensorStats.EMPTY)));

        assertThat(data.firstFeatures().rms()).isCloseTo(1, within(1e-12));
        assertThat(data.firstLabels().rms()).isCloseTo(10, within(1e-12));
    }

    @Test
    void does_not_take_rounding_for_a_deviation() {
        DataTrack.Column constant =
                labels(describe(2020.1, 2020.1, 2020.1)).labels().get(0);

        assertThat(constant.deviation()).isZero();
        assertThat(constant.isConstant()).isTrue();
        assertThat(labels(describe(1, 1.001)).labels().get(0).isConstant()).isFalse();
        assertThat(labels(describe(1, 1.001)).labels().get(0).deviation()).isCloseTo(5e-4, within(1e-9));
    }

    @Test
    void does_not_take_a_small_deviation_of_many_large_values_for_rounding() {
        ColumnStats lengths = new ColumnStats(10_000, 1_000, 0.1, 999, 1_001, 0);

        assertThat(labels(lengths).labels().get(0).deviation()).isCloseTo(0.1, within(1e-6));
    }

    @Test
    void knows_columns_of_zeros_and_ones() {
        assertThat(labels(describe(0, 1, 1, 0)).labels().get(0).isBinary()).isTrue();
        assertThat(labels(describe(0, 0, 0)).labels().get(0).isBinary()).isTrue();
        assertThat(labels(describe(1, 1)).labels().get(0).isBinary()).isTrue();
    }

    @Test
    void knows_columns_that_are_not_of_zeros_and_ones() {
        assertThat(labels(describe(0, 0.5, 1)).labels().get(0).isBinary()).isFalse();
        assertThat(labels(describe(0.5, 0.5)).labels().get(0).isBinary()).isFalse();
        assertThat(labels(describe(0, 2)).labels().get(0).isBinary()).isFalse();
        assertThat(labels(describe(-1, 0)).labels().get(0).isBinary()).isFalse();
        assertThat(labels(describe(0, 0, 0, 0, 0, 0, 0, 0, 0, 0.01))
                        .labels()
                        .get(0)
                        .isBinary())
                .isFalse();
    }

    @Test
    void knows_labels_that_name_one_class_each() {
        assertThat(labels(share(0.2), share(0.3), share(0.5)).labelsAreOneHot()).isTrue();
        assertThat(labels(share(1), share(0)).labelsAreOneHot()).isTrue();
    }

    @Test
    void knows_labels_that_do_not_name_one_class_each() {
        assertThat(labels(share(0.2), share(0.3)).labelsAreOneHot()).isFalse();
        assertThat(labels(share(0.6), share(0.6)).labelsAreOneHot()).isFalse();
        assertThat(labels(share(1)).labelsAreOneHot()).isFalse();
        assertThat(labels(describe(0.2, 0.8), describe(0.8, 0.2)).labelsAreOneHot())
                .isFalse();
    }

    @Test
    void knows_the_share_of_the_largest_class() {
        assertThat(labels(share(0.2), share(0.3), share(0.5)).largestClass()).isCloseTo(0.5, within(1e-12));
        assertThat(labels(share(0.2)).largestClass()).isCloseTo(0.8, within(1e-12));
        assertThat(labels(share(0.9)).largestClass()).isCloseTo(0.9, within(1e-12));
        assertThat(labels(share(0.9), share(0.9)).largestClass()).isNaN();
        assertThat(labels(describe(0, 7)).largestClass()).isNaN();
    }
}
