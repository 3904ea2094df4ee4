package io.gradiometer.signal;

import java.util.Arrays;
import java.util.Random;

/** Arrays with their statistics taken the slow and obvious way: a pass per number, no merging. */
final class Tensors {

    private Tensors() {}

    static TensorStats slowly(double... elements) {
        double[] finite = Arrays.stream(elements).filter(Double::isFinite).toArray();
        return new TensorStats(
                elements.length,
                Arrays.stream(finite).map(Math::abs).sum(),
                Math.sqrt(Arrays.stream(finite).map(x -> x * x).sum()),
                Arrays.stream(finite).map(Math::abs).max().orElse(0),
                Arrays.stream(finite).filter(x -> x == 0).count(),
                elements.length - finite.length);
    }

    /** Random elements over many magnitudes, with zeros of both signs, NaN and infinities among them. */
    static double[] random(Random random) {
        double[] elements = new double[random.nextInt(40)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = switch (random.nextInt(12)) {
                case 0 -> 0;
                case 1 -> -0.0;
                case 2 -> Double.NaN;
                case 3 -> Double.NEGATIVE_INFINITY;
                default -> random.nextGaussian() * Math.pow(10, random.nextInt(12) - 6);
            };
        }
        return elements;
    }
}
