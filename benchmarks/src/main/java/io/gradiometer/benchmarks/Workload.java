package io.gradiometer.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The trainings that observing is measured on, from one where an iteration is short to one where memory decides. */
enum Workload {
    TINY("MLP 784–10–10–10", 32, 400, 32) {
        @Override
        Training start() {
            return Architectures.mlp(batches(), 784, 10, 10, 10);
        }
    },
    MLP("MLP 784–256×3–10", 32, 400, 32) {
        @Override
        Training start() {
            return Architectures.mlp(batches(), 784, 256, 256, 256, 10);
        }
    },
    LENET("LeNet-5", 32, 200, 32) {
        @Override
        Training start() {
            return Architectures.lenet(batches());
        }
    },
    LSTM("LSTM 64 × 30 steps", 16, 400, 256) {
        @Override
        Training start() {
            return Architectures.lstm(batches());
        }

        @Override
        DataSet batch(Random random) {
            return sequences(random);
        }
    },
    WIDE("MLP 784–2048×3–10", 32, 100, 32) {
        @Override
        Training start() {
            return Architectures.mlp(batches(), 784, 2048, 2048, 2048, 10);
        }
    },
    SAMEDIFF("SameDiff 784–256×2–10", 32, 400, 32) {
        @Override
        Training start() {
            return Architectures.sameDiff(batches(), 784, 256, 256, 10);
        }
    };

    static final int STEPS = 30;
    static final int STEP_FEATURES = 32;
    static final int CLASSES = 10;

    private static final int FEATURES = 784;
    private static final int BATCHES = 64;

    /** So weak that classes overlap: a network that has learned everything gets no gradient any more, which is no steady state. */
    private static final float CLASS_SIGNAL = 0.1f;

    private final String title;
    private final int examples;
    private final int warmUp;
    private final int youngMegabytes;

    Workload(String title, int examples, int warmUp, int youngMegabytes) {
        this.title = title;
        this.examples = examples;
        this.warmUp = warmUp;
        this.youngMegabytes = youngMegabytes;
    }

    /** Builds the network, always with the same initial weights, and its data. */
    abstract Training start();

    String title() {
        return title + ", batch " + examples;
    }

    /** Returns after how many iterations the first phase, in which more is read, has certainly passed. */
    int warmUp() {
        return warmUp;
    }

    /**
     * Returns how large the young generation is: so small that every block bears its share of collections. ND4J leaves
     * thousands of references for the collector to clear; collected rarely, a gigabyte takes half a second, and one block in
     * ten would pay for all. LSTM leaves megabytes an iteration and gets more: the more
     * often is collected, the likelier seems a crash of ND4J's (docs/cost.md).
     */
    int youngMegabytes() {
        return youngMegabytes;
    }

    static Workload of(String name) {
        return Arrays.stream(values())
                .filter(w -> w.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no model '" + name + "' among " + ids()));
    }

    static List<String> ids() {
        return Arrays.stream(values()).map(Workload::id).toList();
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<DataSet> batches() {
        Random random = new Random(42);
        return IntStream.range(0, BATCHES).mapToObj(i -> batch(random)).toList();
    }

    DataSet batch(Random random) {
        INDArray labels = Nd4j.zeros(examples, CLASSES);
        float[] features = new float[examples * FEATURES];
        for (int e = 0; e < examples; e++) {
            int label = random.nextInt(CLASSES);
            labels.putScalar(e, label, 1);
            for (int f = 0; f < FEATURES; f++) {
                features[e * FEATURES + f] = value(random, f, label);
            }
        }
        return new DataSet(Nd4j.createFromArray(features).reshape(examples, FEATURES), labels);
    }

    private static float value(Random random, int feature, int label) {
        return (float) random.nextGaussian() + (feature % CLASSES == label ? CLASS_SIGNAL : 0);
    }

    /** One label for each step of a sequence. */
    DataSet sequences(Random random) {
        INDArray labels = Nd4j.zeros(examples, CLASSES, STEPS);
        INDArray features = Nd4j.zeros(examples, STEP_FEATURES, STEPS);
        for (int e = 0; e < examples; e++) {
            for (int step = 0; step < STEPS; step++) {
                int label = random.nextInt(CLASSES);
                labels.putScalar(new int[] {e, label, step}, 1);
                for (int f = 0; f < STEP_FEATURES; f++) {
                    features.putScalar(new int[] {e, f, step}, value(random, f, label));
                }
            }
        }
        return new DataSet(features, labels);
    }
}
