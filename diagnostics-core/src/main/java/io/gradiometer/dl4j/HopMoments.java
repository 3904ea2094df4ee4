package io.gradiometer.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.util.FastMath;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;

/**
 * What becomes of normal pre-activations of one variance q on their way to the next weights: expectations over a standard normal z
 * of v, what is applied to them, and of s, the square of its slope.
 *
 * @param squares E[v²] behind each station of the hop; the last is what meets the weights
 * @param scatter E[v⁴] / E[v²]² − 1: how far v² varies from unit to unit
 * @param slope E[s]: what of the error passes
 * @param joint E[v²s] / (E[v²] E[s]) − 1: whether units that say much also pass much
 * @param outer E[z²s] / E[s]: whether it is the large pre-activations that pass the error
 * @param radial E[z v v']² / (E[v²] E[s]): how much of what passes only tells the layer to be larger or smaller as a whole
 */
record HopMoments(List<Double> squares, double scatter, double slope, double joint, double outer, double radial) {

    HopMoments {
        squares = List.copyOf(squares);
    }

    /**
     * Computes them for many variances at once.
     *
     * @return as many as variances; null where an activation cannot be asked
     */
    static @Nullable List<HopMoments> of(List<IActivation> activations, double mean, double[] variances) {
        Points points = Points.of(variances);
        List<Curve> curves = new ArrayList<>();
        Curve curve = Curve.straight(points.shifted(mean));
        for (IActivation activation : activations) {
            Curve next = curve.then(activation);
            if (next == null) {
                return null;
            }
            curves.add(next);
            curve = next;
        }
        return Arrays.stream(variances)
                .mapToObj(variance -> of(curves, points, variance))
                .toList();
    }

    private static HopMoments of(List<Curve> curves, Points points, double variance) {
        double[] weights = points.weights(variance);
        Curve last = curves.get(curves.size() - 1);
        double fourth = 0;
        double slope = 0;
        double joint = 0;
        double outer = 0;
        double radial = 0;
        for (int k = 0; k < weights.length; k++) {
            double value = last.values()[k];
            double derivative = last.slopes()[k];
            double square = value * value;
            double passing = derivative * derivative;
            double point = points.at(k);
            fourth += weights[k] * square * square;
            slope += weights[k] * passing;
            joint += weights[k] * square * passing;
            outer += weights[k] * point * point * passing;
            radial += weights[k] * point * value * derivative;
        }
        List<Double> squares =
                curves.stream().map(curve -> square(curve, weights)).toList();
        double square = squares.get(squares.size() - 1);
        double both = square * slope;
        return new HopMoments(
                squares,
                fourth / (square * square) - 1,
                slope,
                joint / both - 1,
                outer / slope / variance,
                radial * radial / both / variance);
    }

    private static double square(Curve curve, double[] weights) {
        double square = 0;
        for (int k = 0; k < weights.length; k++) {
            double value = curve.values()[k];
            square += weights[k] * value * value;
        }
        return square;
    }

    double square() {
        return squares.get(squares.size() - 1);
    }

    /**
     * Points on the line of pre-activations, crowded like {@link GaussianNodes} but the same for all variances: so the activation is
     * asked once, and what a sum over points misses of a kink changes smoothly with the variance and drops out of ratios.
     */
    private static final class Points {
        private static final int COUNT = 500;
        private static final double FARTHEST = 9;
        private static final double CROWD = 1e-3;

        private final double[] points = new double[COUNT];
        private final double[] gaps = new double[COUNT];

        static Points of(double[] variances) {
            double least = Math.sqrt(Arrays.stream(variances).min().orElseThrow());
            double most = Math.sqrt(Arrays.stream(variances).max().orElseThrow());
            return new Points(CROWD * least, FARTHEST * most);
        }

        private Points(double crowd, double farthest) {
            double last = FastMath.asinh(farthest / crowd);
            for (int k = 0; k < COUNT; k++) {
                double place = last * ((2 * k + 1.0) / COUNT - 1);
                points[k] = crowd * Math.sinh(place);
                gaps[k] = Math.cosh(place);
            }
        }

        double at(int k) {
            return points[k];
        }

        double[] shifted(double mean) {
            return Arrays.stream(points).map(point -> point + mean).toArray();
        }

        /** Returns how much each point counts for a normal variable of mean 0. */
        double[] weights(double variance) {
            double[] weights = new double[COUNT];
            double sum = 0;
            for (int k = 0; k < COUNT; k++) {
                weights[k] = gaps[k] * Math.exp(-points[k] * points[k] / (2 * variance));
                sum += weights[k];
            }
            return Passage.times(weights, 1 / sum);
        }
    }
}
