package io.gradiometer.dl4j;

import io.gradiometer.dl4j.Field.Area;
import org.deeplearning4j.nn.conf.ConvolutionMode;

/**
 * The window of a convolution or a pooling, and how often it meets each position of what it slides over.
 *
 * <p>Where sizes are known, windows that reach over the edge are counted for what lies inside; else edges are ignored.
 */
record SlidingWindow(Side height, Side width) {

    /** Layers over a series give one number only; what they lack has no extent. */
    static SlidingWindow of(int[] kernel, int[] stride, int[] padding, int[] dilation, ConvolutionMode mode) {
        return new SlidingWindow(
                side(0, kernel, stride, padding, dilation, mode), side(1, kernel, stride, padding, dilation, mode));
    }

    private static Side side(
            int axis, int[] kernel, int[] stride, int[] padding, int[] dilation, ConvolutionMode mode) {
        return new Side(at(axis, kernel, 1), at(axis, stride, 1), at(axis, padding, 0), at(axis, dilation, 1), mode);
    }

    private static int at(int axis, int[] sizes, int least) {
        return axis < sizes.length ? Math.max(least, sizes[axis]) : least;
    }

    /** Returns the number of places in the window. */
    double places() {
        return (double) height.kernel * width.kernel;
    }

    Area slide(Area area) {
        return new Area(height.windows(area.height()), width.windows(area.width()));
    }

    /** Returns how many places of one window hold something, on average. */
    double filled(Area area) {
        return height.filled(area.height()) * width.filled(area.width());
    }

    /** Returns in how many windows one position lies, on average. */
    double cover(Area area) {
        return height.cover(area.height()) * width.cover(area.width());
    }

    /** Returns how much fewer windows than positions there are. */
    double thinning() {
        return (double) height.stride * width.stride;
    }

    /** The window along one axis. */
    record Side(int kernel, int stride, int padding, int dilation, ConvolutionMode mode) {

        private double cover(double size) {
            return Double.isNaN(size) ? (double) kernel / stride : filled(size) * windows(size) / size;
        }

        private double windows(double size) {
            if (mode == ConvolutionMode.Same || mode == ConvolutionMode.Causal) {
                return Math.ceil(size / stride);
            }
            return Double.isNaN(size) ? size : Math.max(1, Math.floor((size + 2.0 * padding - reach()) / stride) + 1);
        }

        private double reach() {
            return (kernel - 1.0) * dilation + 1;
        }

        private double filled(double size) {
            if (Double.isNaN(size)) {
                return kernel;
            }
            int windows = (int) windows(size);
            long inside = 0;
            for (int window = 0; window < windows; window++) {
                for (int place = 0; place < kernel; place++) {
                    long position = (long) window * stride + (long) place * dilation - before(size, windows);
                    inside += position >= 0 && position < size ? 1 : 0;
                }
            }
            return (double) inside / windows;
        }

        private long before(double size, int windows) {
            double missing = Math.max(0, (windows - 1.0) * stride + reach() - size);
            if (mode == ConvolutionMode.Same) {
                return (long) missing / 2;
            }
            return mode == ConvolutionMode.Causal ? (long) missing : padding;
        }
    }
}
