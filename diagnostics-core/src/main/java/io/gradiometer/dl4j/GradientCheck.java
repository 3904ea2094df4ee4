package io.gradiometer.dl4j;

import io.gradiometer.finding.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Holds the gradient that layers compute against the one that the loss has: for each parameter, the loss is measured a small
 * step to either side, along the gradient and along random directions.
 *
 * <p>Costs two forward passes for a direction, in double precision. The parameters are moved a little first, for where biases
 * are 0 units often sit exactly on the kink of a ReLU, and the loss has no gradient there. Other kinks are stepped over by
 * taking smaller and smaller steps: a gradient that is right agrees at one of them.
 */
final class GradientCheck {

    static final String NAME = "gradientsAreCorrect";

    /**
     * By how much measured and computed slope may differ, relative to the larger of slope and gradient. Deeplearning4j's own
     * KL divergence is off by 3e-5, for it cuts labels off at 1e-5; whoever forgets a factor is off by far more.
     */
    static final double TOLERANCE = 1e-3;

    private static final int RANDOM_DIRECTIONS = 3;
    private static final double[] STEPS = {1e-5, 1e-4, 1e-6, 1e-3, 1e-7};
    private static final double AWAY_FROM_KINKS = 0.01;
    private static final double SCALE_WITHOUT_WEIGHTS = 0.1;

    /** A few units in the last place of the loss. */
    private static final double ROUNDING = 2e-15;

    private final Specimen specimen;
    private final MultiDataSet batch;
    private final FlatParts parameters;
    private final Random random = new Random(42);

    GradientCheck(Specimen specimen, MultiDataSet batch) {
        this.specimen = specimen;
        this.batch = batch;
        this.parameters = FlatParts.of(specimen.parameters());
    }

    CheckResult run() {
        moveOffKinks();
        double loss = loss();
        if (!Double.isFinite(loss)) {
            throw new UnfitException("the network's loss on this batch is " + loss
                    + ", so it has no gradient; canOverfitOneBatch and the batch's numbers may tell why");
        }
        FlatParts gradient = gradient();
        Set<String> computed =
                specimen.network().gradient().gradientForVariable().keySet();
        boolean anyFrozen =
                specimen.layout().slots().stream().anyMatch(slot -> slot.view().frozen());
        List<Slope> slopes = new ArrayList<>();
        for (LayerSlot slot : specimen.layout().slots()) {
            for (int p = 0; p < slot.offsets().size(); p++) {
                String name = slot.view().parameters().get(p).name();
                // Before a frozen layer nothing is computed, and nothing learns.
                boolean cutOff = anyFrozen && !computed.contains(specimen.key(slot, name));
                if (!slot.view().frozen() && !cutOff && descends(slot, p)) {
                    slopes.add(slope(slot, p, gradient));
                }
            }
        }
        List<Fact> identities = new GradientIdentities(specimen, parameters, gradient).violations(batch);
        return new GradientReport(specimen, slopes, identities).result();
    }

    private static boolean descends(LayerSlot slot, int parameter) {
        return slot.view().parameters().get(parameter).role().descends();
    }

    private void moveOffKinks() {
        for (LayerSlot slot : specimen.layout().slots()) {
            for (int p = 0; p < slot.offsets().size(); p++) {
                if (descends(slot, p)) {
                    INDArray values = parameters.part(slot, p);
                    values.addi(gaussian(values.length()).muli(AWAY_FROM_KINKS * scale(slot, p)));
                }
            }
        }
    }

    /** Returns how large a parameter's numbers are, or those of its layer's weights where it is 0. */
    private double scale(LayerSlot slot, int parameter) {
        double own = FlatParts.rms(parameters.part(slot, parameter));
        for (int p = 0; own == 0 && p < slot.offsets().size(); p++) {
            if (slot.view().parameters().get(p).role().isWeight()) {
                own = FlatParts.rms(parameters.part(slot, p));
            }
        }
        return own == 0 ? SCALE_WITHOUT_WEIGHTS : own;
    }

    private INDArray gaussian(long length) {
        double[] values = new double[(int) length];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian();
        }
        return Nd4j.createFromArray(values);
    }

    private double loss() {
        OwnThread.stopIfAbandoned();
        specimen.rewind();
        return specimen.loss(batch, true);
    }

    /** Returns the gradient of the mean loss. */
    private FlatParts gradient() {
        specimen.rewind();
        specimen.backpropagate(batch);
        INDArray sum = specimen.network().getGradientsViewArray().dup();
        return FlatParts.of(specimen.network().conf().isMiniBatch() ? sum.divi(Batches.examples(batch)) : sum);
    }

    private Slope slope(LayerSlot slot, int parameter, FlatParts gradients) {
        INDArray gradient = gradients.part(slot, parameter);
        double rms = FlatParts.rms(gradient);
        double ratio = Double.NaN;
        double worst = Double.NaN;
        for (int i = 0; i <= RANDOM_DIRECTIONS; i++) {
            boolean alongGradient = i == 0;
            if (alongGradient && rms == 0) {
                continue;
            }
            INDArray direction = alongGradient ? gradient.div(rms) : gaussian(gradient.length());
            Comparison comparison =
                    compare(parameters.part(slot, parameter), gradient, direction, scale(slot, parameter));
            if (comparison.judged()) {
                worst = Double.isNaN(worst) ? comparison.error() : Math.max(worst, comparison.error());
                ratio = alongGradient ? comparison.computed() / comparison.measured() : ratio;
            }
        }
        return new Slope(slot, slot.view().parameters().get(parameter).name(), worst, ratio);
    }

    /**
     * The slope of one parameter, over all directions.
     *
     * @param error the largest; NaN where the slope is too small to be told from rounding
     * @param ratio of computed to measured slope along the gradient; NaN where that was not measured
     */
    record Slope(LayerSlot slot, String parameter, double error, double ratio) {
        boolean isWrong() {
            return error > TOLERANCE;
        }

        boolean isRight() {
            return error <= TOLERANCE;
        }
    }

    /** One direction, at the step at which measured and computed slope agree best. */
    private record Comparison(double computed, double measured, double error) {
        boolean judged() {
            return !Double.isNaN(error);
        }
    }

    private Comparison compare(INDArray values, INDArray gradient, INDArray direction, double scale) {
        INDArray original = values.dup();
        double computed = scale * Nd4j.getBlasWrapper().dot(gradient, direction);
        double size = scale * gradient.norm2Number().doubleValue();
        Comparison best = new Comparison(computed, Double.NaN, Double.NaN);
        for (double step : STEPS) {
            INDArray move = direction.mul(scale * step);
            double above = lossAt(values, original.add(move));
            double below = lossAt(values, original.sub(move));
            values.assign(original);
            double measured = (above - below) / (2 * step);
            double reference = Math.max(size, Math.max(Math.abs(computed), Math.abs(measured)));
            double noise = ROUNDING * Math.max(Math.abs(above), Math.abs(below)) / step;
            if (noise < TOLERANCE * reference) {
                double error = Math.abs(measured - computed) / reference;
                if (!best.judged() || error < best.error()) {
                    best = new Comparison(computed, measured, error);
                }
            }
            if (best.error() <= TOLERANCE) {
                break;
            }
        }
        return best;
    }

    private double lossAt(INDArray values, INDArray point) {
        values.assign(point);
        return loss();
    }
}
