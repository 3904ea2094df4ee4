package io.gradiometer.trace;

import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.ParameterStep;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import io.gradiometer.trace.Series.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The quantities that are followed in buckets, read off a step; what a step does not tell, or not in finite numbers, is NaN. */
final class Measures {

    /** Of the whole run, in every iteration. */
    static final List<Quantity> OF_RUN =
            List.of(Quantity.SCORE, Quantity.LOSS, Quantity.CONSTANT_LOSS, Quantity.WATCHED);

    /** Of a layer, where everything was read. */
    static final List<Quantity> OF_LAYER = List.of(Quantity.GRADIENT, Quantity.UPDATE_RATIO, Quantity.SIGNAL);

    /** Of deeper networks every second, third … layer is followed. */
    private static final int MOST_LAYERS = 500;

    private final ModelView model;
    private final int[] followed;
    private final double[] run = new double[OF_RUN.size()];
    private final double[] layers;

    Measures(ModelView model) {
        this.model = model;
        int[] learning = IntStream.range(0, model.layers().size())
                .filter(i -> model.layers().get(i).learns())
                .toArray();
        int every = 1 + (learning.length - 1) / MOST_LAYERS;
        followed = IntStream.range(0, learning.length)
                .filter(i -> i % every == 0)
                .map(i -> learning[i])
                .toArray();
        layers = new double[followed.length * OF_LAYER.size()];
    }

    int layerColumns() {
        return layers.length;
    }

    /** Returns the whole run's numbers in one step, in an array that the next call overwrites. */
    double[] run(Step step) {
        run[0] = step.score();
        run[1] = step.loss();
        run[2] = step.constantLoss();
        run[3] = rms(step.watched());
        return run;
    }

    /** Returns the layers' numbers in one step, in an array that the next call overwrites. */
    double[] layers(Step step) {
        Arrays.fill(layers, Double.NaN);
        if (step.full() && step.layers().size() == model.layers().size()) {
            for (int i = 0; i < followed.length; i++) {
                LayerView view = model.layers().get(followed[i]);
                LayerStep layer = step.layers().get(followed[i]);
                int at = i * OF_LAYER.size();
                layers[at] = rms(layer.gradient(view));
                layers[at + 1] = layer.updateRatio(view);
                layers[at + 2] = layer.signal();
            }
        }
        return layers;
    }

    static double rms(TensorStats stats) {
        return stats.isRead() && stats.allFinite() ? stats.rms() : Double.NaN;
    }

    /** Returns the largest number of one kind over all layers, NaN if none is finite. */
    static double largest(double[] layers, Quantity quantity) {
        double largest = Double.NaN;
        for (int at = OF_LAYER.indexOf(quantity); at < layers.length; at += OF_LAYER.size()) {
            if (Double.isFinite(layers[at]) && !(layers[at] <= largest)) {
                largest = layers[at];
            }
        }
        return largest;
    }

    /** Returns the loss, or the score where the loss is not told apart from it; NaN where it is not finite. */
    static double loss(Step step) {
        double loss = Double.isNaN(step.loss()) ? step.score() : step.loss();
        return Double.isFinite(loss) ? loss : Double.NaN;
    }

    /** Tells whether anything in a step is NaN or infinite that should be a number. */
    static boolean hasNonFinite(Step step) {
        if (Double.isNaN(loss(step)) || !step.watched().allFinite()) {
            return true;
        }
        if (step.full()) {
            for (LayerStep layer : step.layers()) {
                if (hasNonFinite(layer)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hasNonFinite(LayerStep layer) {
        if (layer.outputs().nonFinite() > 0) {
            return true;
        }
        for (ParameterStep parameter : layer.parameters()) {
            if (!parameter.value().allFinite()
                    || !parameter.gradient().allFinite()
                    || !parameter.update().allFinite()) {
                return true;
            }
        }
        return false;
    }

    List<Series> ofRun(Buckets buckets) {
        List<Series> series = new ArrayList<>();
        List<Row> rows = buckets.rows();
        for (int i = 0; i < OF_RUN.size(); i++) {
            series.add(new Series(OF_RUN.get(i), Series.RUN, column(rows, i)));
        }
        return series;
    }

    List<Series> ofLayers(Buckets buckets) {
        List<Series> series = new ArrayList<>();
        List<Row> rows = buckets.rows();
        for (int column = 0; column < layers.length; column++) {
            Quantity quantity = OF_LAYER.get(column % OF_LAYER.size());
            series.add(new Series(quantity, followed[column / OF_LAYER.size()], column(rows, column)));
        }
        return series;
    }

    private static List<Bucket> column(List<Row> rows, int column) {
        return rows.stream().map(row -> row.bucket(column)).toList();
    }
}
