package io.gradiometer.dl4j;

import io.gradiometer.signal.ColumnStats;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Describes inputs or labels column by column: features of rows, channels of sequences and images. */
final class ColumnReader {

    private static final int MOST_COLUMNS = 4096;

    /** A picture with its channels last has this many at the most. */
    private static final int MOST_CHANNELS = 4;

    private final Block block = new Block();

    /** Reads as many examples as a block takes; nothing of arrays that have no columns, or too many. */
    List<ColumnStats> read(List<INDArray> arrays) {
        List<ColumnStats> columns = new ArrayList<>();
        for (INDArray array : arrays) {
            int axis = axis(array);
            if (array.rank() >= 2 && array.size(axis) + columns.size() <= MOST_COLUMNS) {
                block.load(array);
                read(array, axis, columns);
            }
        }
        return columns;
    }

    /** Returns the axis of features or channels, as far as the sizes tell. */
    static int axis(INDArray array) {
        int last = array.rank() - 1;
        boolean channelsLast = array.rank() == 4 && array.size(last) <= MOST_CHANNELS && array.size(1) > MOST_CHANNELS;
        return channelsLast ? last : 1;
    }

    private void read(INDArray array, int axis, List<ColumnStats> columns) {
        int inner = 1;
        for (int i = axis + 1; i < array.rank(); i++) {
            inner *= (int) array.size(i);
        }
        int width = (int) array.size(axis);
        for (int column = 0; column < width && block.examples() > 0; column++) {
            columns.add(column(column, width, inner));
        }
    }

    private ColumnStats column(int column, int width, int inner) {
        long count = 0;
        long nonFinite = 0;
        double mean = 0;
        double squares = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int example = 0; example < block.examples(); example++) {
            for (int outer = 0; outer < block.width(); outer += width * inner) {
                for (int i = 0; i < inner; i++) {
                    double value = block.value(example, outer + column * inner + i);
                    if (Double.isFinite(value)) {
                        count++;
                        // Welford's update: exact where the mean is far larger than the spread.
                        double difference = value - mean;
                        mean += difference / count;
                        squares += difference * (value - mean);
                        min = Math.min(min, value);
                        max = Math.max(max, value);
                    } else {
                        nonFinite++;
                    }
                }
            }
        }
        double deviation = count == 0 ? Double.NaN : Math.sqrt(squares / count);
        return new ColumnStats(
                count,
                count == 0 ? Double.NaN : mean,
                deviation,
                count == 0 ? Double.NaN : min,
                count == 0 ? Double.NaN : max,
                nonFinite);
    }
}
