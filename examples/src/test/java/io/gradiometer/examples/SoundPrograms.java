package io.gradiometer.examples;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Programs drawn by chance from what is customary: kinds of network, updaters at usual rates, sizes, depths, batches, noise,
 * dropout, weight decay, more or less patience. Whether one is healthy its outcome decides; many are not.
 */
final class SoundPrograms {

    private static final List<Activation> ROUGH =
            List.of(Activation.RELU, Activation.LEAKYRELU, Activation.ELU, Activation.RELU, Activation.SELU);

    private static final List<Activation> SMOOTH =
            List.of(Activation.TANH, Activation.SOFTSIGN, Activation.SWISH, Activation.SIGMOID);

    private final Random random;
    private final StringBuilder description = new StringBuilder();

    private SoundPrograms(long number) {
        random = new Random(0x5EEDL * (number + 1));
    }

    /**
     * A program and what it is.
     *
     * @param description kind, sizes and rates
     * @param program the same
     */
    record Drawn(String description, Program program) {}

    /** Draws the program of a number, always the same. */
    static Drawn draw(long number) {
        SoundPrograms drawing = new SoundPrograms(number);
        Program program = drawing.program();
        return new Drawn(drawing.description.toString().trim(), program);
    }

    private Program program() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> dense(false);
            case 3, 4 -> dense(true);
            case 5 -> normalized();
            case 6 -> residual();
            case 7, 8 -> convolutional();
            case 9 -> waves();
            case 10 -> series();
            default -> formulas();
        };
    }

    private Program dense(boolean numbers) {
        LongFunction<Task> task = numbers ? numbers() : classes();
        boolean rough = random.nextBoolean();
        Activation activation = pick(rough ? ROUGH : SMOOTH);
        int deepest = rough ? 10 : activation == Activation.SIGMOID ? 2 : 5;
        int depth = chance(0.25) ? between(1, deepest) : between(1, Math.min(3, deepest));
        List<Part> body = tapered(depth, logBetween(10, 96));
        note("dense", activation, "depth " + depth);
        return trained(task, body, activation, false, 1);
    }

    private Program normalized() {
        LongFunction<Task> task = chance(0.5) ? numbers() : classes();
        Activation activation = pick(ROUGH);
        int depth = between(1, 5);
        int units = logBetween(12, 64);
        List<Part> body = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            body.add(Part.dense(units));
            body.add(Part.batchNormalization());
        }
        note("batch norm", activation, "depth " + depth);
        return trained(task, body, activation, true, 1);
    }

    private Program residual() {
        LongFunction<Task> task = chance(0.5) ? numbers() : classes();
        Activation activation = pick(chance(0.5) ? ROUGH : SMOOTH);
        int depth = between(2, 6);
        int units = logBetween(12, 48);
        List<Part> body = new ArrayList<>();
        body.add(Part.dense(units));
        for (int i = 1; i < depth; i++) {
            body.add(Part.dense(units).bridge());
        }
        note("residual", activation, "depth " + depth);
        return trained(task, body, activation, false, 1);
    }

    private Program convolutional() {
        int size = between(8, 11);
        int classes = between(2, 5);
        double noise = 0.2 + 0.8 * random.nextDouble();
        int rows = logBetween(200, 600);
        LongFunction<Task> task = rescaled(seed -> Tasks.stripes(seed, rows, size, classes, noise));
        Activation activation = pick(chance(0.8) ? ROUGH : List.of(Activation.TANH));
        boolean normalized = chance(0.3);
        List<Part> body = new ArrayList<>();
        int blocks = between(1, 2);
        for (int i = 0; i < blocks; i++) {
            body.add(Part.convolution(between(4, 12)));
            if (normalized) {
                body.add(Part.batchNormalization());
            }
            body.add(Part.pooling());
        }
        if (chance(0.6)) {
            body.add(Part.dense(logBetween(12, 48)));
        }
        note("convolutional", activation, blocks + " blocks", normalized ? "batch norm" : "", classes + " classes");
        return trained(task, body, activation, normalized, 0.3);
    }

    private Program waves() {
        int steps = between(10, 24);
        int classes = between(2, 4);
        double noise = 0.4 * random.nextDouble();
        int rows = logBetween(200, 500);
        LongFunction<Task> task = rescaled(seed -> Tasks.waves(seed, rows, steps, classes, noise));
        int units = logBetween(8, 32);
        int kind = random.nextInt(4);
        List<Part> body =
                switch (kind) {
                    case 0 -> List.of(Part.lstm(units), Part.averageOfAllPlaces());
                    case 1 -> List.of(Part.lstm(units), Part.lstm(units).atLastStep());
                    case 2 -> List.of(Part.simpleRnn(units), Part.averageOfAllPlaces());
                    default -> List.of(Part.lstm(units).atLastStep());
                };
        note("recurrent, kind " + kind, Activation.TANH, steps + " steps", classes + " classes");
        return trained(task, body, Activation.TANH, false, 0.4);
    }

    private Program series() {
        int steps = between(8, 24);
        int window = between(2, 5);
        double noise = 0.4 * random.nextDouble();
        int rows = logBetween(120, 300);
        LongFunction<Task> task = rescaled(seed -> Tasks.movingMean(seed, rows, steps, window, noise));
        int units = logBetween(8, 32);
        boolean simple = random.nextBoolean();
        note(simple ? "simple recurrent series" : "LSTM series", Activation.TANH, steps + " steps");
        return trained(task, List.of(simple ? Part.simpleRnn(units) : Part.lstm(units)), Activation.TANH, false, 0.4);
    }

    private Program formulas() {
        LongFunction<Task> task = classes();
        Task sample = task.apply(0);
        int depth = between(1, 3);
        int units = logBetween(10, 48);
        boolean tanh = random.nextBoolean();
        UnaryOperator<SDVariable> activation = tanh
                ? x -> x.getSameDiff().math().tanh(x)
                : x -> x.getSameDiff().nn().relu(x, 0);
        IUpdater updater = updater(false);
        note("SameDiff", tanh ? Activation.TANH : Activation.RELU, "depth " + depth);
        boolean bits = sample.measure() == Measure.BITS;
        Design design = new SameDiffStack(
                Collections.nCopies(depth, units),
                activation,
                tanh ? 1 : 1.41,
                updater,
                (labels, answer) -> bits
                        ? answer.getSameDiff().loss().sigmoidCrossEntropy("loss", labels, answer, null)
                        : answer.getSameDiff().loss().softmaxCrossEntropy("loss", labels, answer, null));
        LongFunction<Task> read = bits
                ? seed -> {
                    Task plain = task.apply(seed);
                    return plain.withLabels(
                            labels -> labels, answers -> answers.gt(0).castTo(answers.dataType()));
                }
                : task;
        return timed(read, design, sample, 1);
    }

    private LongFunction<Task> classes() {
        int rows = logBetween(250, 1400);
        int columns = between(4, 24);
        int classes = between(2, 7);
        double noise = chance(0.4) ? 0 : 0.3 * random.nextDouble();
        double spread = 0.5 + 0.6 * random.nextDouble();
        int clusters = between(1, 3);
        int kind = random.nextInt(5);
        note("", kind, rows + " rows", columns + " columns", classes + " classes", String.format("noise %.2f", noise));
        return rescaled(seed -> switch (kind) {
            case 0 -> Tasks.chessboard(seed, rows, 2 + columns % 2, noise);
            case 1 -> Tasks.taughtClasses(seed, rows, Math.min(columns, 8), classes, noise);
            case 2 -> Tasks.flags(seed, rows, columns, classes, noise);
            default -> Tasks.clusters(seed, rows, columns, classes, clusters, spread);
        });
    }

    private LongFunction<Task> numbers() {
        int rows = logBetween(250, 1400);
        int columns = between(5, 9);
        int outputs = between(1, 3);
        double noise = 0.8 * random.nextDouble();
        int kind = random.nextInt(4);
        double scale = chance(0.3) ? logBetween(0.3, 5) : 1;
        double mean = chance(0.3) ? 2 * random.nextDouble() : 0;
        note(
                "",
                "numbers",
                kind,
                rows + " rows",
                columns + " columns",
                String.format("noise %.2f scale %.2f", noise, scale));
        return rescaled(seed -> switch (kind) {
            case 0 -> Tasks.counts(seed, rows, columns);
            case 1 -> targets(Tasks.friedman(seed, rows, columns, noise), scale, mean);
            default -> targets(Tasks.taughtNumbers(seed, rows, columns, outputs, noise), scale, mean);
        });
    }

    private static Task targets(Task task, double scale, double mean) {
        return task.withLabels(labels -> labels.mul(scale).addi(mean), answers -> answers.sub(mean)
                .divi(scale));
    }

    /** Inputs are standardised, or between 0 and 1, or a bit off: all of it is customary. */
    private LongFunction<Task> rescaled(LongFunction<Task> task) {
        if (chance(0.6)) {
            return task;
        }
        double scale = logBetween(0.3, 3);
        double shift = chance(0.5) ? 0.5 : 0;
        note("", String.format("input scale %.2f shift %.2f", scale, shift));
        return seed -> task.apply(seed).withFeatures(features -> shifted(features, scale, shift));
    }

    private static INDArray shifted(INDArray features, double scale, double shift) {
        return features.mul(scale).addi(shift);
    }

    private Program trained(
            LongFunction<Task> task, List<Part> body, Activation activation, boolean normalized, double patience) {
        Task sample = task.apply(0);
        IUpdater updater = updater(normalized);
        WeightInit weights = weights(activation);
        double decay = chance(0.25) ? logBetween(1e-5, 1e-3) : 0;
        double kept = chance(0.2) ? 0.6 + 0.3 * random.nextDouble() : 1;
        boolean clipped = !normalized && chance(0.15);
        note("", weights, String.format("decay %.1e kept %.2f", decay, kept), clipped ? "clipped" : "");
        UnaryOperator<NeuralNetConfiguration.Builder> settings = net -> {
            net.activation(activation).weightInit(weights).updater(updater);
            if (decay > 0) {
                net.l2(decay);
            }
            if (kept < 1) {
                net.dropOut(kept);
            }
            if (clipped) {
                net.gradientNormalization(GradientNormalization.ClipL2PerLayer).gradientNormalizationThreshold(1);
            }
            return net;
        };
        return timed(task, new Layered(settings, body, output(sample), loss(sample)), sample, patience);
    }

    private Program timed(LongFunction<Task> task, Design design, Task sample, double patience) {
        int rows = (int) sample.features().size(0);
        int batch = Math.min(rows / 2, logBetween(8, 256));
        int iterations = (int) (patience * logBetween(60, 700));
        int epochs = Math.max(2, iterations * batch / rows);
        note("", "batch " + batch, epochs + " epochs");
        return new Program(task, design, batch, epochs);
    }

    private Activation output(Task task) {
        return switch (task.measure()) {
            case BITS -> Activation.SIGMOID;
            case CLASSES, BALANCED_CLASSES -> Activation.SOFTMAX;
            case NUMBERS -> Activation.IDENTITY;
        };
    }

    private LossFunction loss(Task task) {
        return switch (task.measure()) {
            case BITS -> LossFunction.XENT;
            case CLASSES, BALANCED_CLASSES -> chance(0.7) ? LossFunction.MCXENT : LossFunction.NEGATIVELOGLIKELIHOOD;
            case NUMBERS -> chance(0.85) ? LossFunction.MSE : LossFunction.MEAN_ABSOLUTE_ERROR;
        };
    }

    private WeightInit weights(Activation activation) {
        if (activation == Activation.SELU) {
            return WeightInit.LECUN_NORMAL;
        }
        return ROUGH.contains(activation) && chance(0.7)
                ? WeightInit.RELU
                : pick(List.of(WeightInit.XAVIER, WeightInit.XAVIER_UNIFORM, WeightInit.LECUN_NORMAL));
    }

    private IUpdater updater(boolean normalized) {
        double high = normalized ? 2 : 1;
        IUpdater updater =
                switch (random.nextInt(8)) {
                    case 0, 1 -> new Sgd(high * logBetween(0.02, 0.3));
                    case 2, 3 -> new Nesterovs(high * logBetween(0.003, 0.05), 0.9);
                    case 4 -> new RmsProp(logBetween(3e-4, 5e-3));
                    case 5 -> new AdaGrad(logBetween(0.01, 0.1));
                    default -> new Adam(logBetween(5e-4, 1e-2));
                };
        note("", updater.getClass().getSimpleName(), String.format("rate %.1e", updater.getLearningRate(0, 0)));
        return updater;
    }

    private List<Part> tapered(int depth, int units) {
        boolean narrowing = chance(0.4);
        List<Part> body = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            body.add(Part.dense(narrowing ? Math.max(8, units * (depth - i) / depth) : units));
        }
        return body;
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    private int logBetween(int from, int to) {
        return (int) Math.round(logBetween((double) from, to));
    }

    private double logBetween(double from, double to) {
        return from * Math.pow(to / from, random.nextDouble());
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private void note(Object... words) {
        for (Object word : words) {
            String text = word.toString();
            description.append(text).append(text.isEmpty() ? "" : ", ");
        }
    }
}
