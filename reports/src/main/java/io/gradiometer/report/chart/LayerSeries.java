package io.gradiometer.report.chart;

import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.Step;
import io.gradiometer.trace.Trace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apiguardian.api.API;

/** One measure of every layer that has it, over the kept steps of which everything was read. */
@API(status = API.Status.INTERNAL)
public final class LayerSeries {

    /** Stands for a tensor with at least one element that is NaN or infinite. */
    public static final double NON_FINITE = Double.POSITIVE_INFINITY;

    /** Stands for what was not read in a step. */
    public static final double NOT_READ = Double.NaN;

    private final List<Integer> iterations;
    private final List<Row> rows;

    private LayerSeries(List<Integer> iterations, List<Row> rows) {
        this.iterations = iterations;
        this.rows = rows;
    }

    /**
     * One layer.
     *
     * @param layer its name
     * @param index in the network's layers
     * @param values in each kept step, or one of the two special values
     */
    public record Row(String layer, int index, List<Double> values) {

        /** Tells whether anything is known of it. */
        boolean isKnown() {
            return values.stream().anyMatch(value -> !Double.isNaN(value));
        }
    }

    /** Reads a measure from a trace; layers without it are left out. */
    public static LayerSeries of(Trace trace, Measure measure) {
        List<Step> full = trace.fullSteps();
        List<Row> rows = new ArrayList<>();
        List<LayerView> layers = trace.model().layers();
        for (int i = 0; i < layers.size(); i++) {
            Row row = row(layers.get(i), i, full, measure);
            if (row.isKnown()) {
                rows.add(row);
            }
        }
        return new LayerSeries(full.stream().map(Step::iteration).toList(), Collections.unmodifiableList(rows));
    }

    private static Row row(LayerView layer, int index, List<Step> steps, Measure measure) {
        List<Double> values = new ArrayList<>(steps.size());
        for (Step step : steps) {
            values.add(measure.of(step.layers().get(index), layer));
        }
        return new Row(layer.name(), index, Collections.unmodifiableList(values));
    }

    /** Returns the iterations of the kept steps. */
    public List<Integer> iterations() {
        return iterations;
    }

    /** Returns the layers that have the measure, from input to output. */
    public List<Row> rows() {
        return rows;
    }

    /** Tells whether there is anything to draw. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Returns the one value that all layers have in all steps; NaN where there is more than one, or none. */
    public double onlyValue() {
        List<Double> distinct = rows.stream()
                .flatMap(row -> row.values().stream())
                .filter(value -> !Double.isNaN(value))
                .distinct()
                .limit(2)
                .toList();
        return distinct.size() == 1 ? distinct.get(0) : Double.NaN;
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
