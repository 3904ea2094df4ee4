package io.gradiometer.report.chart;

import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.TensorStats;
import org.apiguardian.api.API;

/** One number about one layer in one iteration, as plots show it. */
@API(status = API.Status.INTERNAL)
public enum Measure {
    /** Root mean square of the gradient. */
    GRADIENT {
        @Override
        double of(LayerStep step, LayerView layer) {
            TensorStats gradient = step.gradient(layer);
            return layer.learns() ? finite(gradient, gradient.rms()) : LayerSeries.NOT_READ;
        }
    },
    /** What comes back from the loss at the pre-activations. */
    SIGNAL {
        @Override
        double of(LayerStep step, LayerView layer) {
            return finite(step.gradient(layer), step.signal());
        }
    },
    /** Length of the weights' step over the length of the weights. */
    UPDATE_RATIO {
        @Override
        double of(LayerStep step, LayerView layer) {
            return layer.learns() ? finite(step.update(layer), step.updateRatio(layer)) : LayerSeries.NOT_READ;
        }
    },
    /** Share of units that have not been active for any example. */
    SILENT {
        @Override
        double of(LayerStep step, LayerView layer) {
            int silent = step.outputs().silent();
            return silent < 0 || step.outputs().units() == 0
                    ? LayerSeries.NOT_READ
                    : (double) silent / step.outputs().units();
        }
    },
    /** Share of outputs where the activation is so flat that the error hardly passes. */
    FLAT {
        @Override
        double of(LayerStep step, LayerView layer) {
            return step.outputs().flat();
        }
    },
    /** What clipping leaves of the gradient's length: 1 is all of it. */
    CLIPPING {
        @Override
        double of(LayerStep step, LayerView layer) {
            TensorStats gradient = step.gradient(layer);
            return !layer.updater().clips() || gradient.l2() == 0
                    ? LayerSeries.NOT_READ
                    : finite(gradient, step.clipped(layer).l2() / gradient.l2());
        }
    },
    LEARNING_RATE {
        @Override
        double of(LayerStep step, LayerView layer) {
            return layer.learns() ? step.learningRate(layer) : LayerSeries.NOT_READ;
        }
    };

    abstract double of(LayerStep step, LayerView layer);

    private static double finite(TensorStats read, double value) {
        if (!read.isRead()) {
            return LayerSeries.NOT_READ;
        }
        return read.allFinite() ? value : LayerSeries.NON_FINITE;
    }
}
