package io.gradiometer.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Points around the origin, with labels that are made from them. */
final class Clouds {

    private Clouds() {}

    static double[][] points(int rows, int columns, long seed) {
        Random random = new Random(seed);
        double[][] points = new double[rows][columns];
        for (double[] point : points) {
            for (int c = 0; c < columns; c++) {
                point[c] = random.nextGaussian();
            }
        }
        return points;
    }

    static double[][] labels(double[][] points, UnaryOperator<double[]> rule) {
        return rows(points, rule);
    }

    private static double[][] rows(double[][] points, Function<double[], double[]> rule) {
        double[][] labels = new double[points.length][];
        for (int r = 0; r < points.length; r++) {
            labels[r] = rule.apply(points[r]);
        }
        return labels;
    }

    static double[] oneHot(int number, int classes) {
        double[] label = new double[classes];
        label[number] = 1;
        return label;
    }

    /** Rows as they are kept, in folds by turns. */
    static List<Sample> samples(double[][] inputs, double[][] labels) {
        List<Sample> samples = new ArrayList<>();
        for (int r = 0; r < inputs.length; r++) {
            samples.add(new Sample(floats(inputs[r]), floats(labels[r]), r, r % SimpleModels.FOLDS));
        }
        return samples;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    static INDArray array(double[][] rows) {
        return Nd4j.createFromArray(rows).castTo(org.nd4j.linalg.api.buffer.DataType.FLOAT);
    }
}
