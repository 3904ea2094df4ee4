package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.signal.Yardstick;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class SampleLedgerTest {

    private static final int BATCH = 32;

    private final SampleLedger ledger = new SampleLedger(LabelKind.NUMBERS, false);

    private static void feed(SampleLedger ledger, INDArray features, INDArray labels) {
        feed(ledger, List.of(features), labels);
    }

    private static void feed(SampleLedger ledger, List<INDArray> features, INDArray labels) {
        ledger.passed((int) labels.size(0));
        if (ledger.isOpen()) {
            ledger.read(features, labels, null);
        }
    }

    private static double[][] linear(double[][] points) {
        return Clouds.labels(points, p -> new double[] {p[0] - 2 * p[1]});
    }

    private static void feedInBatches(SampleLedger ledger, double[][] points, double[][] labels) {
        for (int at = 0; at < points.length; at += BATCH) {
            int to = Math.min(points.length, at + BATCH);
            feed(
                    ledger,
                    Clouds.array(Arrays.copyOfRange(points, at, to)),
                    Clouds.array(Arrays.copyOfRange(labels, at, to)));
        }
    }

    @Test
    void knows_nothing_before_the_first_batch() {
        assertThat(ledger.yardstick()).isEqualTo(Yardstick.UNKNOWN);
    }

    @Test
    void rows_that_come_again_are_kept_once_and_counted() {
        double[][] points = Clouds.points(100, 3, 1);
        for (int epoch = 0; epoch < 7; epoch++) {
            feedInBatches(ledger, points, linear(points));
        }

        Yardstick yardstick = ledger.yardstick();

        assertThat(yardstick.rows()).isEqualTo(100);
        assertThat(yardstick.examplesPerRow()).isEqualTo(7);
        assertThat(yardstick.linear()).isGreaterThan(0.99);
        assertThat(yardstick.contradictory()).isFalse();
    }

    @Test
    void ten_rows_tell_how_often_they_came_and_nothing_else() {
        double[][] points = Clouds.points(10, 3, 1);
        feedInBatches(ledger, points, linear(points));
        feedInBatches(ledger, points, linear(points));

        Yardstick yardstick = ledger.yardstick();

        assertThat(yardstick.rows()).isEqualTo(10);
        assertThat(yardstick.isKnown()).isFalse();
        assertThat(yardstick.examplesPerRow()).isEqualTo(2);
    }

    @Test
    void does_not_depend_on_how_the_memory_lies() {
        double[][] points = Clouds.points(64, 3, 1);
        SampleLedger other = new SampleLedger(LabelKind.NUMBERS, false);
        INDArray features = Clouds.array(points);
        INDArray wide = Nd4j.create(features.dataType(), 64, 9);
        wide.get(NDArrayIndex.all(), NDArrayIndex.interval(4, 7)).assign(features);

        feed(ledger, features, Clouds.array(linear(points)));
        feed(
                other,
                wide.get(NDArrayIndex.all(), NDArrayIndex.interval(4, 7)),
                Clouds.array(linear(points)).dup('f'));

        assertThat(other.yardstick()).isEqualTo(ledger.yardstick());
        assertThat(ledger.yardstick().isKnown()).isTrue();
    }

    @Test
    void keeps_no_more_than_it_may_and_says_that_there_is_more() {
        double[][] points = Clouds.points(SampleLedger.MOST_ROWS + 40, 3, 1);
        feedInBatches(ledger, points, linear(points));

        assertThat(ledger.isOpen()).isFalse();
        assertThat(ledger.yardstick().rows()).isEqualTo(SampleLedger.MOST_ROWS);
        assertThat(ledger.yardstick().examplesPerRow()).isNaN();
        assertThat(ledger.yardstick().linear()).isGreaterThan(0.99);
    }

    @Test
    void as_many_rows_as_it_may_keep_are_all_known() {
        double[][] points = Clouds.points(SampleLedger.MOST_ROWS, 2, 1);
        feedInBatches(ledger, points, linear(points));
        feedInBatches(ledger, points, linear(points));

        assertThat(ledger.yardstick().examplesPerRow()).isEqualTo(2);
    }

    @Test
    void stops_reading_after_so_many_batches() {
        double[][] points = Clouds.points(48, 2, 1);
        for (int i = 0; i < SampleLedger.MOST_READINGS; i++) {
            assertThat(ledger.isOpen()).isTrue();
            feed(ledger, Clouds.array(points), Clouds.array(linear(points)));
        }

        assertThat(ledger.isOpen()).isFalse();
        ledger.passed(48);
        assertThat(ledger.yardstick().examplesPerRow()).isEqualTo(SampleLedger.MOST_READINGS + 1);
    }

    @Test
    void rows_that_were_never_read_leave_it_open_how_many_there_are() {
        double[][] points = Clouds.points(100, 2, 1);
        feedInBatches(ledger, points, linear(points));
        ledger.passed(BATCH);

        assertThat(ledger.yardstick().examplesPerRow()).isNaN();

        for (int epoch = 0; epoch < 2; epoch++) {
            feedInBatches(ledger, points, linear(points));
        }
        assertThat(ledger.yardstick().examplesPerRow()).isEqualTo(3.32);
    }

    @Test
    void large_batches_are_read_in_parts_until_all_of_them_are_known() {
        double[][] points = Clouds.points(200, 400, 1);
        for (int i = 0; i < 30; i++) {
            feed(ledger, Clouds.array(points), Clouds.array(linear(points)));
        }

        assertThat(ledger.yardstick().rows()).isEqualTo(200);
        assertThat(ledger.yardstick().examplesPerRow()).isEqualTo(30);
    }

    @Test
    void pictures_are_told_apart_by_what_is_bright_where() {
        SampleLedger pictures = new SampleLedger(LabelKind.SHARES, false);
        Random random = new Random(3);
        for (int i = 0; i < 20; i++) {
            INDArray features = Nd4j.create(BATCH, 1, 28, 28);
            INDArray labels = Nd4j.create(BATCH, 3);
            for (int example = 0; example < BATCH; example++) {
                int label = random.nextInt(3);
                labels.putScalar(example, label, 1);
                for (int pixel = 0; pixel < 784; pixel++) {
                    boolean bright = pixel / 28 / 10 == label;
                    features.putScalar(
                            new int[] {example, 0, pixel / 28, pixel % 28}, (bright ? 0.3 : 0) + random.nextDouble());
                }
            }
            feed(pictures, features, labels);
        }

        Yardstick yardstick = pictures.yardstick();

        // Ten such pictures are read of a batch.
        assertThat(yardstick.rows()).isEqualTo(200);
        assertThat(yardstick.linear()).isGreaterThan(0.8);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void labels_of_steps_are_predicted_from_the_step_and_the_one_before(boolean channelsLast) {
        SampleLedger sequences = new SampleLedger(LabelKind.NUMBERS, channelsLast);
        Random random = new Random(3);
        for (int i = 0; i < 10; i++) {
            // The last batch is of shorter sequences.
            int steps = i == 9 ? 5 : 12;
            INDArray features = Nd4j.create(4, 2, steps);
            INDArray labels = Nd4j.create(4, 1, steps);
            for (int example = 0; example < 4; example++) {
                double before = 0;
                for (int step = 0; step < steps; step++) {
                    double now = random.nextGaussian();
                    features.putScalar(new int[] {example, 0, step}, now);
                    features.putScalar(new int[] {example, 1, step}, random.nextGaussian());
                    labels.putScalar(new int[] {example, 0, step}, now + before);
                    before = now;
                }
            }
            feed(
                    sequences,
                    channelsLast ? features.permute(0, 2, 1) : features,
                    channelsLast ? labels.permute(0, 2, 1).dup('c') : labels);
        }

        Yardstick yardstick = sequences.yardstick();

        assertThat(yardstick.rows()).isEqualTo(9 * 4 * 8 + 4 * 5);
        assertThat(yardstick.linear()).isGreaterThan(0.99);
        assertThat(yardstick.examplesPerRow()).isEqualTo(1);
    }

    @Test
    void several_inputs_are_laid_end_to_end() {
        double[][] left = Clouds.points(80, 2, 1);
        double[][] right = Clouds.points(80, 3, 2);
        double[][] labels = new double[80][];
        for (int r = 0; r < 80; r++) {
            labels[r] = new double[] {left[r][0] + right[r][2]};
        }

        feed(ledger, List.of(Clouds.array(left), Clouds.array(right)), Clouds.array(labels));

        assertThat(ledger.yardstick().linear()).isGreaterThan(0.99);
    }

    @Test
    void equal_inputs_with_different_labels_contradict() {
        double[][] points = Clouds.points(60, 3, 1);
        feedInBatches(ledger, points, linear(points));
        feedInBatches(ledger, points, Clouds.points(60, 1, 9));

        assertThat(ledger.yardstick().contradictory()).isTrue();
        assertThat(ledger.yardstick().examplesPerRow()).isEqualTo(1);
    }

    @Test
    void labels_that_differ_by_a_trifle_do_not_contradict() {
        double[][] points = Clouds.points(60, 3, 1);
        feedInBatches(ledger, points, linear(points));
        feedInBatches(ledger, points, Clouds.labels(linear(points), l -> new double[] {l[0] + 0.1}));

        assertThat(ledger.yardstick().contradictory()).isFalse();
    }

    @Test
    void one_wrong_label_is_no_contradiction() {
        double[][] points = Clouds.points(60, 3, 1);
        double[][] labels = linear(points);
        feedInBatches(ledger, points, labels);
        labels[7][0] += 20;
        feedInBatches(ledger, points, labels);

        assertThat(ledger.yardstick().contradictory()).isFalse();
    }

    @Test
    void rows_that_are_not_finite_are_left_out() {
        double[][] points = Clouds.points(100, 3, 1);
        double[][] labels = linear(points);
        points[3][1] = Double.NaN;
        labels[4][0] = Double.POSITIVE_INFINITY;
        feedInBatches(ledger, points, labels);

        assertThat(ledger.yardstick().rows()).isEqualTo(98);
        assertThat(ledger.yardstick().linear()).isGreaterThan(0.99);
    }

    @Test
    void masked_labels_are_not_judged() {
        double[][] points = Clouds.points(100, 3, 1);

        ledger.read(List.of(Clouds.array(points)), Clouds.array(linear(points)), Nd4j.ones(100, 1));

        assertThat(ledger.isOpen()).isFalse();
        assertThat(ledger.yardstick()).isEqualTo(Yardstick.UNKNOWN);
    }

    @Test
    void batches_of_another_width_are_not_judged() {
        double[][] points = Clouds.points(64, 3, 1);
        feed(ledger, Clouds.array(points), Clouds.array(linear(points)));
        double[][] wider = Clouds.points(64, 4, 1);
        feed(ledger, Clouds.array(wider), Clouds.array(linear(wider)));

        assertThat(ledger.yardstick()).isEqualTo(Yardstick.UNKNOWN);
    }

    @Test
    void labels_in_the_form_of_pictures_are_not_judged() {
        feed(ledger, Nd4j.create(4, 1, 6, 6), Nd4j.create(4, 1, 6, 6));

        assertThat(ledger.isOpen()).isFalse();
        assertThat(ledger.yardstick()).isEqualTo(Yardstick.UNKNOWN);
    }

    @Test
    void inputs_that_do_not_belong_to_the_labels_are_not_judged() {
        feed(ledger, Nd4j.create(8, 3), Nd4j.create(4, 3));

        assertThat(ledger.yardstick()).isEqualTo(Yardstick.UNKNOWN);
    }

    @Test
    void a_batch_without_examples_changes_nothing() {
        double[][] points = Clouds.points(64, 3, 1);
        feed(ledger, Clouds.array(points), Clouds.array(linear(points)));
        Yardstick before = ledger.yardstick();

        feed(ledger, Nd4j.create(0, 3), Nd4j.create(0, 1));

        assertThat(ledger.yardstick()).isEqualTo(before);
    }

    @Test
    void a_diagnosis_does_not_fit_anew_for_a_few_rows_more() {
        double[][] points = Clouds.points(90, 3, 1);
        double[][] labels = linear(points);
        feedInBatches(ledger, Arrays.copyOf(points, 64), Arrays.copyOf(labels, 64));
        double first = ledger.yardstick().linear();
        feedInBatches(ledger, Arrays.copyOf(points, 32), Clouds.points(32, 1, 4));

        assertThat(ledger.yardstick().rows()).isEqualTo(96);
        assertThat(ledger.yardstick().linear()).isEqualTo(first);

        feedInBatches(ledger, points, Clouds.points(90, 1, 5));
        assertThat(ledger.yardstick().linear()).isLessThan(0.7);
    }
}
