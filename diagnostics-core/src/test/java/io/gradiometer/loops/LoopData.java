package io.gradiometer.loops;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Small, seeded data of every kind. */
public final class LoopData {

    static final int INPUTS = 6;
    static final int CLASSES = 3;

    private LoopData() {}

    /** Rows of separable classes. */
    public static DataSet batch(int examples, long seed) {
        Random random = new Random(seed);
        INDArray features = Nd4j.create(examples, INPUTS);
        INDArray labels = Nd4j.create(examples, CLASSES);
        for (int i = 0; i < examples; i++) {
            int label = random.nextInt(CLASSES);
            labels.putScalar(i, label, 1);
            for (int j = 0; j < INPUTS; j++) {
                features.putScalar(i, j, (j % CLASSES == label ? 1.5 : 0) + 0.5 * random.nextGaussian());
            }
        }
        return new DataSet(features, labels);
    }

    static List<DataSet> batches(int count) {
        return IntStream.range(0, count).mapToObj(i -> batch(16, i)).toList();
    }

    /** Three random series, with a label at each step that tells whether the first is above the second. */
    static DataSet sequences(int examples, int steps, long seed) {
        Random random = new Random(seed);
        INDArray features = Nd4j.create(examples, 3, steps);
        INDArray labels = Nd4j.create(examples, 2, steps);
        for (int i = 0; i < examples; i++) {
            for (int t = 0; t < steps; t++) {
                for (int j = 0; j < 3; j++) {
                    features.putScalar(new int[] {i, j, t}, random.nextGaussian());
                }
                boolean above = features.getDouble(i, 0, t) > features.getDouble(i, 1, t);
                labels.putScalar(new int[] {i, above ? 1 : 0, t}, 1);
            }
        }
        return new DataSet(features, labels);
    }

    /** The same with the second half of the steps left out. */
    static DataSet masked(DataSet data) {
        long steps = data.getFeatures().size(2);
        INDArray mask = Nd4j.ones(data.getFeatures().size(0), steps);
        mask.get(NDArrayIndex.all(), NDArrayIndex.interval(steps / 2, steps)).assign(0);
        return new DataSet(data.getFeatures(), data.getLabels(), mask, mask.dup());
    }

    /** A column of word numbers. */
    static INDArray words(int examples, int vocabulary, long seed) {
        Random random = new Random(seed);
        INDArray words = Nd4j.create(examples, 1);
        for (int i = 0; i < examples; i++) {
            words.putScalar(i, 0, random.nextInt(vocabulary));
        }
        return words;
    }
}
