package io.gradiometer.detector;

import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.ParameterStep;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * How the running mean of one batch normalisation moves.
 *
 * <p>Deeplearning4j hands the step of a running mean over as if it were a gradient, so that clipping shortens it, too. A mean that
 * has arrived wavers with the batches and gets nowhere; one that is held back walks straight on.
 */
final class RunningMean {

    private final int layer;
    private final int parameter;
    private final int variance;
    private final int logarithm;
    private final LayerView view;
    private final Blocks left = new Blocks();
    private final Blocks lengths = new Blocks();
    private final Blocks steps = new Blocks();
    private final Blocks lags = new Blocks();

    private RunningMean(int layer, int parameter, LayerView view) {
        this.layer = layer;
        this.parameter = parameter;
        this.view = view;
        List<String> names = view.parameters().stream().map(ParameterView::name).toList();
        this.variance = names.indexOf("var");
        this.logarithm = names.indexOf("log10stdev");
    }

    /** Returns one for each normalisation that keeps a running mean. */
    static List<RunningMean> ofAll(ModelView model) {
        List<RunningMean> means = new ArrayList<>();
        for (int i = 0; i < model.layers().size(); i++) {
            LayerView view = model.layers().get(i);
            for (int p = 0; p < view.parameters().size(); p++) {
                if (view.parameters().get(p).role() == Role.STATISTIC
                        && view.parameters().get(p).name().equals("mean")) {
                    means.add(new RunningMean(i, p, view));
                }
            }
        }
        return means;
    }

    /** Takes the next step, of which everything was read. */
    void step(Step step) {
        List<ParameterStep> parameters = step.layers().get(layer).parameters();
        ParameterStep mean = parameters.get(parameter);
        if (mean.gradient().l2() > 0) {
            left.add(step.iteration(), mean.clipped().l2() / mean.gradient().l2());
            lengths.add(step.iteration(), mean.value().l2());
            steps.add(step.iteration(), mean.update().l2());
            lags.add(step.iteration(), lag(mean.gradient(), parameters));
        }
    }

    private double lag(TensorStats missing, List<ParameterStep> parameters) {
        if (variance >= 0) {
            TensorStats variances = parameters.get(variance).value();
            return missing.rms() / Math.sqrt(variances.l1() / variances.length());
        }
        // Of a logarithm the size is known and not the sign: the deviation may be as large as this, and is mostly
        // smaller.
        return logarithm >= 0
                ? missing.rms() / Math.pow(10, parameters.get(logarithm).value().max())
                : Double.NaN;
    }

    /**
     * Returns by how many of its standard deviations, at least, the mean usually missed that of the batches over the last half of the
     * run; NaN where that is not known. What it hands over as a gradient is a part of what it misses, a tenth by default.
     */
    double lag() {
        return lateMedian(lags);
    }

    LayerView view() {
        return view;
    }

    /** Returns which share of its steps clipping usually left over the last half of the run; NaN where there were none. */
    double left() {
        return lateMedian(left);
    }

    /**
     * Returns how much farther from 0 the mean went over the last half of the run, over the length of all steps that it made: 1 if it
     * walked straight away, near 0 if it wavered; NaN where nothing was read.
     */
    double straightness() {
        double[] at = lengths.iterations();
        double[] length = lengths.means();
        int last = length.length - 1;
        if (last < 2) {
            return Double.NaN;
        }
        int middle = last / 2;
        return (length[last] - length[middle]) / (lateMedian(steps) * (at[last] - at[middle]));
    }

    private static double lateMedian(Blocks blocks) {
        double[] means = blocks.means();
        return means.length == 0
                ? Double.NaN
                : new Median().evaluate(Arrays.copyOfRange(means, means.length / 2, means.length));
    }
}
