package io.gradiometer.dl4j;

import java.util.List;

/** What the best constant prediction costs, reckoned from the labels alone. */
interface LabelCost {

    /** Tells whether sums over columns are not enough. */
    boolean needsRows();

    /**
     * Returns the loss per row.
     *
     * @param rows seen
     * @param sums of each column
     * @param squares sums of squares of each column
     * @param kept some of the rows, where they are needed
     */
    double perRow(long rows, double[] sums, double[] squares, List<double[]> kept);
}
