package io.gradiometer.detector;

import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;
import java.util.Arrays;

/** The back-propagated signal from the output layer to the input, as log10, where it can be told. */
final class DepthProfile {

    private final double[] depths;
    private final double[] logs;

    /** Takes depths counted from the input and log10 of the signal there. */
    DepthProfile(double[] depths, double[] logs) {
        this.depths = depths;
        this.logs = logs;
    }

    static DepthProfile of(ModelView model, Step step) {
        double[] depths = new double[model.layers().size()];
        double[] logs = new double[model.layers().size()];
        int n = 0;
        int depth = 0;
        for (int i = 0; i < model.layers().size(); i++) {
            if (model.layers().get(i).learns()) {
                double log = Math.log10(step.layers().get(i).signal());
                if (Double.isFinite(log)) {
                    depths[n] = depth;
                    logs[n++] = log;
                }
                depth++;
            }
        }
        return new DepthProfile(Arrays.copyOf(depths, n), Arrays.copyOf(logs, n));
    }

    /** Returns what one layer multiplies the signal by on its way to the input, from a robust fit; NaN below three layers. */
    double factorPerLayer() {
        return depths.length < 3
                ? Double.NaN
                : Math.pow(10, -TheilSen.fit(depths, logs, 0.95).slope());
    }
}
