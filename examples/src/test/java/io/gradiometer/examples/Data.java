package io.gradiometer.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Data made in code, the same in every run. */
final class Data {

    private Data() {}

    /** Examples of classes that lie around random centres, {@code spread} apart from them in each column. */
    static DataSetIterator classes(int examples, int columns, int classes, double spread, int batch) {
        Random random = new Random(7);
        double[][] centres = gaussian(random, classes, columns);
        List<DataSet> rows = new ArrayList<>();
        for (int i = 0; i < examples; i++) {
            int label = random.nextInt(classes);
            double[] row = new double[columns];
            for (int j = 0; j < columns; j++) {
                row[j] = centres[label][j] + spread * random.nextGaussian();
            }
            rows.add(row(row, label, classes));
        }
        return new ListDataSetIterator<>(rows, batch);
    }

    /** Images of noise with a bright square whose place tells the class. */
    static DataSetIterator images(int examples, int channels, int size, int classes, int batch) {
        Random random = new Random(11);
        int perSide = (int) Math.ceil(Math.sqrt(classes));
        int cell = size / perSide;
        List<DataSet> images = new ArrayList<>();
        for (int i = 0; i < examples; i++) {
            int label = random.nextInt(classes);
            INDArray image = Nd4j.create(1, channels, size, size);
            for (int channel = 0; channel < channels; channel++) {
                for (int y = 0; y < size; y++) {
                    for (int x = 0; x < size; x++) {
                        boolean lit = y / cell == label / perSide && x / cell == label % perSide;
                        image.putScalar(new int[] {0, channel, y, x}, (lit ? 1 : 0) + 0.5 * random.nextGaussian());
                    }
                }
            }
            INDArray labels = Nd4j.create(1, classes);
            labels.putScalar(0, label, 1);
            images.add(new DataSet(image, labels));
        }
        return new ListDataSetIterator<>(images, batch);
    }

    /** A positive target: distance from the plane that random weights make, plus one. */
    static DataSetIterator positiveRegression(int examples, int columns, int batch) {
        Random random = new Random(3);
        double[] weights = gaussian(random, 1, columns)[0];
        List<DataSet> rows = new ArrayList<>();
        for (int i = 0; i < examples; i++) {
            double[] row = gaussian(random, 1, columns)[0];
            rows.add(row(row, 1 + Math.abs(dot(row, weights)) / Math.sqrt(columns)));
        }
        return new ListDataSetIterator<>(rows, batch);
    }

    /** A target that is a weighted sum of its columns, with a little noise. */
    static DataSetIterator linearRegression(int examples, int columns, int batch) {
        Random random = new Random(5);
        double[] weights = gaussian(random, 1, columns)[0];
        List<DataSet> rows = new ArrayList<>();
        for (int i = 0; i < examples; i++) {
            double[] row = gaussian(random, 1, columns)[0];
            rows.add(row(row, dot(row, weights) + 0.1 * random.nextGaussian()));
        }
        return new ListDataSetIterator<>(rows, batch);
    }

    private static DataSet row(double[] columns, double target) {
        return new DataSet(
                Nd4j.createFromArray(new double[][] {columns}).castTo(Nd4j.dataType()),
                Nd4j.createFromArray(new double[][] {{target}}).castTo(Nd4j.dataType()));
    }

    private static DataSet row(double[] columns, int label, int classes) {
        double[] labels = new double[classes];
        labels[label] = 1;
        return new DataSet(
                Nd4j.createFromArray(new double[][] {columns}).castTo(Nd4j.dataType()),
                Nd4j.createFromArray(new double[][] {labels}).castTo(Nd4j.dataType()));
    }

    private static double[][] gaussian(Random random, int rows, int columns) {
        double[][] values = new double[rows][columns];
        for (double[] row : values) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextGaussian();
            }
        }
        return values;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
