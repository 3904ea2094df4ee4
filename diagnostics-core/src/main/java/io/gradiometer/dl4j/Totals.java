package io.gradiometer.dl4j;

import io.gradiometer.signal.TensorStats;

/** The six numbers of {@link TensorStats} while they grow; reused, so that reading many small ranges creates nothing. */
final class Totals {

    /** Between these, squares and their sums stay well inside the range of doubles. */
    static final double LARGEST_TO_SQUARE = 1e145;

    static final double SMALLEST_TO_SQUARE = 1e-140;

    private long length;
    private double magnitudes;
    private double squares;
    private double normOfExtremes;
    private double max;
    private long zeros;
    private long nonFinite;

    void reset() {
        length = 0;
        magnitudes = 0;
        squares = 0;
        normOfExtremes = 0;
        max = 0;
        zeros = 0;
        nonFinite = 0;
    }

    /** Adds one element, whatever it is. */
    void add(double value) {
        double magnitude = Math.abs(value);
        length++;
        if (magnitude == 0) {
            zeros++;
        } else if (magnitude <= Double.MAX_VALUE) {
            magnitudes += magnitude;
            max = Math.max(max, magnitude);
            addSquareOf(magnitude);
        } else {
            nonFinite++;
        }
    }

    private void addSquareOf(double magnitude) {
        if (magnitude >= SMALLEST_TO_SQUARE && magnitude <= LARGEST_TO_SQUARE) {
            squares += magnitude * magnitude;
        } else {
            normOfExtremes = Math.hypot(normOfExtremes, magnitude);
        }
    }

    /** Adds a run of finite elements that a kernel has summed up. */
    void addFinite(int runLength, double runMagnitudes, double runSquares, double runMax, int runZeros) {
        length += runLength;
        magnitudes += runMagnitudes;
        squares += runSquares;
        max = Math.max(max, runMax);
        zeros += runZeros;
    }

    TensorStats stats() {
        double norm = Math.sqrt(squares);
        double l2 = normOfExtremes == 0 ? norm : Math.hypot(norm, normOfExtremes);
        return length == 0 ? TensorStats.EMPTY : new TensorStats(length, magnitudes, l2, max, zeros, nonFinite);
    }
}
