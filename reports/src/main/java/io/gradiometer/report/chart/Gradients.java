package io.gradiometer.report.chart;

import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import io.gradiometer.trace.Trace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apiguardian.api.API;

/** The gradient of every layer that learns, over the kept steps of which everything was read. */
@API(status = API.Status.INTERNAL)
public final class Gradients {

    /** Stands for a gradient with at least one element that is NaN or infinite. */
    public static final double NON_FINITE = Double.POSITIVE_INFINITY;

    /** Stands for a gradient that was not read in a step. */
    public static final double NOT_READ = Double.NaN;

    private final List<Integer> iterations;
    private final List<Row> rows;

    private Gradients(List<Integer> iterations, List<Row> rows) {
        this.iterations = iterations;
        this.rows = rows;
    }

    /**
     * One layer.
     *
     * @param layer its name
     * @param values root mean square in each kept step, or one of the two special values
     */
    public record Row(String layer, List<Double> values) {}

    /** Reads them from a trace. */
    public static Gradients of(Trace trace) {
        List<Integer> iterations =
                trace.fullSteps().stream().map(Step::iteration).toList();
        List<Row> rows = new ArrayList<>();
        List<LayerView> layers = trace.model().layers();
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).learns()) {
                rows.add(row(layers.get(i), i, trace.fullSteps()));
            }
        }
        return new Gradients(iterations, Collections.unmodifiableList(rows));
    }

    private static Row row(LayerView layer, int index, List<Step> steps) {
        List<Double> values = new ArrayList<>(steps.size());
        for (Step step : steps) {
            values.add(value(step.layers().get(index).gradient(layer)));
        }
        return new Row(layer.name(), Collections.unmodifiableList(values));
    }

    private static double value(TensorStats gradient) {
        if (gradient.length() == 0) {
            return NOT_READ;
        }
        return gradient.allFinite() ? gradient.rms() : NON_FINITE;
    }

    /** Returns the iterations of the kept steps. */
    public List<Integer> iterations() {
        return iterations;
    }

    /** Returns the layers that learn, from input to output. */
    public List<Row> rows() {
        return rows;
    }

    /** Tells whether there is anything to draw. */
    boolean isEmpty() {
        return rows.stream().allMatch(r -> r.values().stream().allMatch(v -> Double.isNaN(v)));
    }

    /** Returns the smallest and the largest decade that hold all positive values; none where no value is positive. */
    Decades decades() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Row row : rows) {
            for (double value : row.values()) {
                if (value > 0 && Double.isFinite(value)) {
                    low = Math.min(low, Math.log10(value));
                    high = Math.max(high, Math.log10(value));
                }
            }
        }
        return Decades.around(low, high);
    }
}
