package io.gradiometer.report.chart;

import io.gradiometer.signal.Step;
import io.gradiometer.trace.Trace;
import java.util.List;
import org.apiguardian.api.API;

/**
 * The loss of every kept step: of the data alone where that is known, else the score.
 *
 * @param name {@code loss} or {@code score}
 * @param values in the order of the steps; infinite where the loss was not finite
 */
@API(status = API.Status.INTERNAL)
public record Losses(String name, List<Double> values) {

    /** From this ratio on a linear axis would hide the smaller values. */
    private static final double WIDE = 30;

    public Losses {
        values = List.copyOf(values);
    }

    /** Reads them from a trace. */
    public static Losses of(Trace trace) {
        List<Step> steps = trace.steps();
        boolean known = steps.stream().anyMatch(s -> Double.isFinite(s.loss()));
        return known
                ? new Losses("loss", steps.stream().map(s -> marked(s.loss())).toList())
                : new Losses("score", steps.stream().map(s -> marked(s.score())).toList());
    }

    private static double marked(double value) {
        return Double.isFinite(value) ? value : Double.POSITIVE_INFINITY;
    }

    /** Tells whether only a logarithmic axis shows all of it. */
    boolean spansDecades() {
        List<Double> finite = values.stream().filter(v -> Double.isFinite(v)).toList();
        double low = finite.stream().mapToDouble(v -> v).min().orElse(0);
        double high = finite.stream().mapToDouble(v -> v).max().orElse(0);
        return low > 0 && high / low > WIDE;
    }
}
