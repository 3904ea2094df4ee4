package io.gradiometer.detector;

import java.util.List;

/**
 * How far the inputs are from what initialisations assume: columns of about the size 1, around 0.
 *
 * @param rms of the largest column
 * @param spreadRatio largest over smallest deviation among columns that vary
 * @param offset mean over deviation of the column that lies farthest from 0
 * @param columns that were described
 */
record Inputs(double rms, double spreadRatio, double offset, int columns) {

    /** From here on the first layer's sums are ten times what its initialisation is made for. */
    static final double LARGE = 10;

    static Inputs of(DataTrack data) {
        List<DataTrack.Column> columns = data.inputs();
        double rms = 0;
        double offset = 0;
        double most = 0;
        double least = Double.POSITIVE_INFINITY;
        for (DataTrack.Column column : columns) {
            rms = Math.max(rms, column.rms());
            double deviation = column.deviation();
            // Columns of zeros and ones, most of them zero, are as sparse as they are small: that is no scale.
            if (deviation > 0 && !(column.min() >= 0 && column.max() <= 1)) {
                most = Math.max(most, deviation);
                least = Math.min(least, deviation);
                offset = Math.max(offset, Math.abs(column.mean()) / deviation);
            }
        }
        return new Inputs(rms, most == 0 ? 1 : most / least, offset, columns.size());
    }
}
