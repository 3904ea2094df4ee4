package io.gradiometer.detector;

import io.gradiometer.signal.ColumnStats;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import java.util.ArrayList;
import java.util.List;

/** What the first batches looked like, column by column. */
final class DataTrack {

    private final List<Column> inputs = new ArrayList<>();
    private final List<Column> labels = new ArrayList<>();
    private TensorStats firstFeatures = TensorStats.EMPTY;
    private TensorStats firstLabels = TensorStats.EMPTY;
    private int batches;
    private long laterNonFinite;
    private long smallestBatch = Long.MAX_VALUE;
    private double leastPure = Double.POSITIVE_INFINITY;

    /** One column over all batches that were described. */
    static final class Column {
        private long count;
        private long nonFinite;
        private double sum;
        private double squares;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;

        private void add(ColumnStats batch) {
            nonFinite += batch.nonFinite();
            if (batch.count() > 0) {
                count += batch.count();
                sum += batch.count() * batch.mean();
                squares += batch.count() * (batch.deviation() * batch.deviation() + batch.mean() * batch.mean());
                min = Math.min(min, batch.min());
                max = Math.max(max, batch.max());
            }
        }

        long count() {
            return count;
        }

        long nonFinite() {
            return nonFinite;
        }

        double mean() {
            return sum / count;
        }

        double min() {
            return min;
        }

        double max() {
            return max;
        }

        /** Root of the mean square. */
        double rms() {
            return Math.sqrt(squares / count);
        }

        double deviation() {
            double variance = squares / count - mean() * mean();
            // What is left of equal values is rounding.
            return variance < 1e-12 * squares / count ? 0 : Math.sqrt(variance);
        }

        boolean isConstant() {
            return count > 0 && min == max;
        }

        /** Tells whether all values are 0 or 1: only then the variance is as large as the mean allows. */
        boolean isBinary() {
            double mean = mean();
            return count > 0
                    && min >= 0
                    && max <= 1
                    && Math.abs(mean * (1 - mean) - deviation() * deviation()) < 1e-4 * Math.max(mean, 1e-3);
        }
    }

    /** Returns how many batches were described. */
    int batches() {
        return batches;
    }

    /** Returns the rows of the smallest of them. */
    long smallestBatch() {
        return smallestBatch;
    }

    /** Returns the share that the largest class has in each of them at least; NaN where labels are no classes. */
    double purestShare() {
        return batches == 0 ? Double.NaN : leastPure;
    }

    private void describe(List<ColumnStats> batch) {
        if (!batch.isEmpty() && batch.get(0).count() > 0) {
            batches++;
            smallestBatch = Math.min(smallestBatch, batch.get(0).count());
            double largest = batch.stream().mapToDouble(ColumnStats::mean).max().orElse(Double.NaN);
            double pure = batch.size() == 1 ? Math.max(largest, 1 - largest) : largest;
            leastPure = Math.min(leastPure, pure);
        }
    }

    void step(Step step) {
        if (!firstFeatures.isRead()) {
            firstFeatures = step.features();
            firstLabels = step.labels();
        }
        add(inputs, step.data().inputColumns());
        laterNonFinite += batches > 0 && step.data().labelColumns().isEmpty()
                ? step.labels().nonFinite()
                : 0;
        add(labels, step.data().labelColumns());
        describe(step.data().labelColumns());
    }

    private static void add(List<Column> columns, List<ColumnStats> batch) {
        if (columns.isEmpty()) {
            batch.forEach(b -> columns.add(new Column()));
        }
        // A batch of another width is another kind of data: the first kind stands for the run.
        for (int i = 0; i < batch.size() && batch.size() == columns.size(); i++) {
            columns.get(i).add(batch.get(i));
        }
    }

    /** Features and channels of all inputs, one after the other; empty where they were not described. */
    List<Column> inputs() {
        return inputs.stream().filter(column -> column.count() > 0).toList();
    }

    /** Columns of the labels of all outputs, one after the other; empty where they were not described. */
    List<Column> labels() {
        return labels.stream().filter(column -> column.count() > 0).toList();
    }

    long nonFiniteLabels() {
        return labels.stream().mapToLong(Column::nonFinite).sum() + laterNonFinite;
    }

    TensorStats firstFeatures() {
        return firstFeatures;
    }

    TensorStats firstLabels() {
        return firstLabels;
    }

    /** Tells whether every label row names exactly one class, as far as columns can tell. */
    boolean labelsAreOneHot() {
        List<Column> columns = labels();
        double sum = columns.stream().mapToDouble(Column::mean).sum();
        return columns.size() > 1 && columns.stream().allMatch(Column::isBinary) && Math.abs(sum - 1) < 1e-3;
    }

    /** Returns the largest share of a class among the labels; NaN where labels are no classes. */
    double largestClass() {
        List<Column> columns = labels();
        if (labelsAreOneHot()) {
            return columns.stream().mapToDouble(Column::mean).max().orElse(Double.NaN);
        } else if (columns.size() == 1 && columns.get(0).isBinary()) {
            double ones = columns.get(0).mean();
            return Math.max(ones, 1 - ones);
        }
        return Double.NaN;
    }
}
