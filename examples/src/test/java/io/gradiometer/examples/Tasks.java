package io.gradiometer.examples;

import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Tasks made in code by rules that are known, so that what can be reached is known as well. */
final class Tasks {

    private static final int HELD_OUT = 400;

    private Tasks() {}

    /** Fields of a chessboard, black or white: no straight line parts them. */
    static Task chessboard(long seed, int rows, int fields, double noise) {
        Random random = new Random(seed);
        double[][] places = uniform(random, rows + HELD_OUT, 2, -1.7, 1.7);
        return classes(random, places, 2, noise, InputType.feedForward(2), at -> {
            int column = (int) Math.floor((at[0] + 1.7) / 3.4 * fields);
            int row = (int) Math.floor((at[1] + 1.7) / 3.4 * fields);
            return Math.floorMod(column + row, 2);
        });
    }

    /** Several clusters for each class. */
    static Task clusters(long seed, int rows, int columns, int classes, int clustersPerClass, double spread) {
        Random random = new Random(seed);
        double[][] centres = gaussian(random, classes * clustersPerClass, columns);
        double[][] examples = new double[rows + HELD_OUT][];
        int[] labels = new int[examples.length];
        for (int i = 0; i < examples.length; i++) {
            int cluster = random.nextInt(centres.length);
            labels[i] = cluster % classes;
            examples[i] = gaussian(random, 1, columns)[0];
            for (int j = 0; j < columns; j++) {
                examples[i][j] = centres[cluster][j] + spread * examples[i][j];
            }
        }
        return labelled(
                examples,
                labels,
                classes,
                InputType.feedForward(columns),
                features -> likeliestClass(features, centres, classes, spread));
    }

    /** One class is rare. */
    static Task rareClass(long seed, int rows, int columns, double share) {
        Random random = new Random(seed);
        double[] direction = gaussian(random, 1, columns)[0];
        double[][] examples = gaussian(random, rows + HELD_OUT, columns);
        int[] labels = new int[examples.length];
        for (int i = 0; i < examples.length; i++) {
            labels[i] = random.nextDouble() < share ? 1 : 0;
            double shift = labels[i] == 1 ? 2.5 / Math.sqrt(columns) : 0;
            for (int j = 0; j < columns; j++) {
                examples[i][j] += shift * Math.signum(direction[j]);
            }
        }
        return labelled(examples, labels, 2, InputType.feedForward(columns), features -> {
                    double sum = 0;
                    for (int j = 0; j < columns; j++) {
                        sum += features[j] * Math.signum(direction[j]);
                    }
                    return sum > 1.25 * Math.sqrt(columns) ? 1 : 0;
                })
                .measuredBy(Measure.BALANCED_CLASSES);
    }

    /** The class that a random network of one hidden layer gives. */
    static Task taughtClasses(long seed, int rows, int columns, int classes, double noise) {
        Random random = new Random(seed);
        double[][] examples = gaussian(random, rows + HELD_OUT, columns);
        Teacher teacher = new Teacher(random, columns, classes);
        return classes(
                random,
                examples,
                classes,
                noise,
                InputType.feedForward(columns),
                features -> largest(teacher.answer(features)));
    }

    /** Numbers that a random network of one hidden layer gives. */
    static Task taughtNumbers(long seed, int rows, int columns, int outputs, double noise) {
        Random random = new Random(seed);
        double[][] examples = gaussian(random, rows + HELD_OUT, columns);
        Teacher teacher = new Teacher(random, columns, outputs);
        return numbers(random, examples, noise, InputType.feedForward(columns), teacher::answer);
    }

    /** Friedman's first function of five columns among others that say nothing, centred and of spread one. */
    static Task friedman(long seed, int rows, int columns, double noise) {
        Random random = new Random(seed);
        double[][] examples = uniform(random, rows + HELD_OUT, columns, -1.73, 1.73);
        return numbers(random, examples, noise, InputType.feedForward(columns), x -> {
            double product = Math.sin(Math.PI * unit(x[0]) * unit(x[1]));
            double parabola = unit(x[2]) - 0.5;
            double value = 10 * product + 20 * parabola * parabola + 10 * unit(x[3]) + 5 * unit(x[4]);
            return new double[] {(value - 14.4) / 4.9};
        });
    }

    /** Several yes-or-no answers, each a threshold on a product or a sum of columns. */
    static Task flags(long seed, int rows, int columns, int bits, double noise) {
        Random random = new Random(seed);
        double[][] examples = gaussian(random, rows + HELD_OUT, columns);
        double[][] directions = gaussian(random, bits, columns);
        double[][] pure = new double[examples.length][bits];
        double[][] noisy = new double[examples.length][bits];
        for (int i = 0; i < examples.length; i++) {
            for (int bit = 0; bit < bits; bit++) {
                pure[i][bit] = dot(examples[i], directions[bit]) + 0.5 * examples[i][bit % columns] > 0 ? 1 : 0;
                noisy[i][bit] = random.nextDouble() < noise ? 1 - pure[i][bit] : pure[i][bit];
            }
        }
        return task(Measure.BITS, InputType.feedForward(columns), Matrices.array(examples), noisy, pure);
    }

    /** How often something happens: a Poisson number whose rate depends on the columns. */
    static Task counts(long seed, int rows, int columns) {
        Random random = new Random(seed);
        double[][] examples = gaussian(random, rows + HELD_OUT, columns);
        double[] weights = gaussian(random, 1, columns)[0];
        double[][] rates = new double[examples.length][1];
        double[][] counts = new double[examples.length][1];
        for (int i = 0; i < examples.length; i++) {
            rates[i][0] = Math.exp(1 + 0.7 * dot(examples[i], weights) / Math.sqrt(columns));
            counts[i][0] = poisson(random, rates[i][0]);
        }
        return task(Measure.NUMBERS, InputType.feedForward(columns), Matrices.array(examples), counts, rates);
    }

    /** Images of stripes; their slope is the class. */
    static Task stripes(long seed, int rows, int size, int classes, double noise) {
        Random random = new Random(seed);
        double[][] images = new double[rows + HELD_OUT][size * size];
        int[] labels = new int[images.length];
        for (int i = 0; i < images.length; i++) {
            labels[i] = random.nextInt(classes);
            double angle = Math.PI * labels[i] / classes;
            double phase = 2 * Math.PI * random.nextDouble();
            for (int place = 0; place < size * size; place++) {
                double along = Math.cos(angle) * (place % size) + Math.sin(angle) * Math.floorDiv(place, size);
                images[i][place] = Math.sin(1.6 * along + phase) + noise * random.nextGaussian();
            }
        }
        INDArray features = Matrices.array(images, 1, size, size);
        double[][] truth = oneHot(labels, classes);
        return task(Measure.CLASSES, InputType.convolutional(size, size, 1), features, truth, truth);
    }

    /** Series whose shape is the class: sine, square, saw tooth and pulses, of any phase. */
    static Task waves(long seed, int rows, int steps, int classes, double noise) {
        Random random = new Random(seed);
        double[][] series = new double[rows + HELD_OUT][steps];
        int[] labels = new int[series.length];
        for (int i = 0; i < series.length; i++) {
            labels[i] = random.nextInt(classes);
            double phase = random.nextDouble();
            for (int t = 0; t < steps; t++) {
                series[i][t] = wave(labels[i], fraction(t / 8.0 + phase)) + noise * random.nextGaussian();
            }
        }
        double[][] truth = oneHot(labels, classes);
        return task(Measure.CLASSES, InputType.recurrent(1, steps), Matrices.array(series, 1, steps), truth, truth);
    }

    /** At each step, the mean of the last few values. */
    static Task movingMean(long seed, int rows, int steps, int window, double noise) {
        Random random = new Random(seed);
        double[][] series = gaussian(random, rows + HELD_OUT, steps);
        double[][] pure = new double[series.length][steps];
        double[][] noisy = new double[series.length][steps];
        for (int i = 0; i < series.length; i++) {
            for (int t = 0; t < steps; t++) {
                for (int back = 0; back < window && back <= t; back++) {
                    pure[i][t] += series[i][t - back] / Math.sqrt(window);
                }
                noisy[i][t] = pure[i][t] + noise * random.nextGaussian();
            }
        }
        INDArray features = Matrices.array(series, 1, steps);
        INDArray labels = Matrices.array(noisy, 1, steps);
        return split(Measure.NUMBERS, InputType.recurrent(1, steps), features, labels, Matrices.array(pure, 1, steps));
    }

    /** The first symbol of a series is to be told at its end. */
    static Task firstSymbol(long seed, int rows, int steps, int symbols) {
        Random random = new Random(seed);
        double[][] series = new double[rows + HELD_OUT][symbols * steps];
        int[] labels = new int[series.length];
        for (int i = 0; i < series.length; i++) {
            labels[i] = random.nextInt(symbols);
            for (int t = 0; t < steps; t++) {
                int symbol = t == 0 ? labels[i] : random.nextInt(symbols);
                series[i][symbol * steps + t] = t == 0 ? 1 : 0.3;
            }
        }
        double[][] truth = oneHot(labels, symbols);
        return task(
                Measure.CLASSES,
                InputType.recurrent(symbols, steps),
                Matrices.array(series, symbols, steps),
                truth,
                truth);
    }

    private static Task classes(
            Random random,
            double[][] examples,
            int classes,
            double noise,
            InputType input,
            ToIntFunction<double[]> rule) {
        int[] labels = new int[examples.length];
        for (int i = 0; i < examples.length; i++) {
            labels[i] = random.nextDouble() < noise ? random.nextInt(classes) : rule.applyAsInt(examples[i]);
        }
        return labelled(examples, labels, classes, input, rule);
    }

    private static Task labelled(
            double[][] examples, int[] labels, int classes, InputType input, ToIntFunction<double[]> rule) {
        int[] pure = new int[labels.length];
        for (int i = 0; i < pure.length; i++) {
            pure[i] = rule.applyAsInt(examples[i]);
        }
        return task(Measure.CLASSES, input, Matrices.array(examples), oneHot(labels, classes), oneHot(pure, classes));
    }

    private static Task numbers(
            Random random, double[][] examples, double noise, InputType input, UnaryOperator<double[]> rule) {
        double[][] pure = new double[examples.length][];
        double[][] noisy = new double[examples.length][];
        for (int i = 0; i < examples.length; i++) {
            pure[i] = rule.apply(examples[i]);
            noisy[i] = pure[i].clone();
            for (int j = 0; j < noisy[i].length; j++) {
                noisy[i][j] += noise * random.nextGaussian();
            }
        }
        return task(Measure.NUMBERS, input, Matrices.array(examples), noisy, pure);
    }

    private static Task task(Measure measure, InputType input, INDArray features, double[][] labels, double[][] pure) {
        return split(measure, input, features, Matrices.array(labels), Matrices.array(pure));
    }

    /** Holds the last rows out; the rule's answers are scored on them like anybody's. */
    private static Task split(Measure measure, InputType input, INDArray features, INDArray labels, INDArray pure) {
        int training = (int) features.size(0) - HELD_OUT;
        int[] first = range(0, training);
        int[] last = range(training, training + HELD_OUT);
        return new Task(
                measure,
                input,
                Matrices.examples(features, first),
                Matrices.examples(labels, first),
                Matrices.examples(features, last),
                Matrices.examples(labels, last),
                Matrices.examples(pure, last),
                UnaryOperator.identity());
    }

    private static int likeliestClass(double[] features, double[][] centres, int classes, double spread) {
        double[] weights = new double[classes];
        double nearest = Double.POSITIVE_INFINITY;
        for (double[] centre : centres) {
            nearest = Math.min(nearest, squaredDistance(features, centre));
        }
        for (int i = 0; i < centres.length; i++) {
            double further = squaredDistance(features, centres[i]) - nearest;
            weights[i % classes] += Math.exp(-further / (2 * spread * spread));
        }
        return largest(weights);
    }

    private static double wave(int shape, double phase) {
        return switch (shape) {
            case 0 -> Math.sin(2 * Math.PI * phase);
            case 1 -> phase < 0.5 ? 0.7 : -0.7;
            case 2 -> 2.4 * phase - 1.2;
            default -> phase < 0.125 ? 2.1 : -0.3;
        };
    }

    private static int poisson(Random random, double rate) {
        double limit = Math.exp(-rate);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    private static double[][] oneHot(int[] labels, int classes) {
        double[][] rows = new double[labels.length][classes];
        for (int i = 0; i < labels.length; i++) {
            rows[i][labels[i]] = 1;
        }
        return rows;
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

    private static double[][] uniform(Random random, int rows, int columns, double from, double to) {
        double[][] values = new double[rows][columns];
        for (double[] row : values) {
            for (int j = 0; j < columns; j++) {
                row[j] = from + (to - from) * random.nextDouble();
            }
        }
        return values;
    }

    private static int[] range(int from, int to) {
        int[] numbers = new int[to - from];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = from + i;
        }
        return numbers;
    }

    private static double unit(double value) {
        return (value + 1.73) / 3.46;
    }

    private static double fraction(double value) {
        return value - Math.floor(value);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    private static int largest(double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[largest]) {
                largest = i;
            }
        }
        return largest;
    }

    /** A random network of one hidden layer, whose answers have spread one. */
    private static final class Teacher {
        private static final int HIDDEN = 12;
        private final double[][] inner;
        private final double[][] outer;

        private Teacher(Random random, int columns, int outputs) {
            inner = gaussian(random, HIDDEN, columns);
            outer = gaussian(random, outputs, HIDDEN);
        }

        private double[] answer(double[] features) {
            double[] hidden = new double[HIDDEN];
            for (int i = 0; i < HIDDEN; i++) {
                hidden[i] = Math.tanh(1.5 * dot(features, inner[i]) / Math.sqrt(features.length));
            }
            double[] answer = new double[outer.length];
            for (int i = 0; i < answer.length; i++) {
                answer[i] = 1.5 * dot(hidden, outer[i]) / Math.sqrt(HIDDEN);
            }
            return answer;
        }
    }
}
