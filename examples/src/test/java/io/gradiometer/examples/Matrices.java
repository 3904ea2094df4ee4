package io.gradiometer.examples;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** From plain numbers to arrays and back. */
final class Matrices {

    private Matrices() {}

    static INDArray array(double[][] rows) {
        return Nd4j.createFromArray(rows).castTo(Nd4j.dataType());
    }

    /** Returns an array of rows of another form, an image or a series for instance. */
    static INDArray array(double[][] rows, long... form) {
        long[] shape = new long[form.length + 1];
        shape[0] = rows.length;
        System.arraycopy(form, 0, shape, 1, form.length);
        return array(rows).reshape('c', shape);
    }

    /** Returns the rows of answers, one for each time step where there are several. */
    static double[][] rows(INDArray answers) {
        INDArray flat = answers.rank() == 3
                ? answers.permute(0, 2, 1).dup('c').reshape('c', answers.size(0) * answers.size(2), answers.size(1))
                : answers;
        return flat.toDoubleMatrix();
    }

    /** Returns the examples with these numbers, in this order. */
    static INDArray examples(INDArray array, int[] numbers) {
        INDArray chosen = Nd4j.createUninitialized(array.dataType(), shape(array, numbers.length), 'c');
        for (int i = 0; i < numbers.length; i++) {
            chosen.slice(i).assign(array.slice(numbers[i]));
        }
        return chosen;
    }

    private static long[] shape(INDArray array, int examples) {
        long[] shape = array.shape().clone();
        shape[0] = examples;
        return shape;
    }
}
