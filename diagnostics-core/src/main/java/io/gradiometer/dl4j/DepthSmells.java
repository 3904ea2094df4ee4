package io.gradiometer.dl4j;

import io.gradiometer.signal.Forecast;
import io.gradiometer.signal.Smell;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Networks whose signal is foretold to get lost or to explode on its way.
 *
 * <p>Whether depth or initialisation is to blame, a second forecast tells: the same network with weights of the size that its
 * activations need.
 */
final class DepthSmells {

    private static final double DECADES = 4;

    private final Wiring wiring;

    DepthSmells(Wiring wiring) {
        this.wiring = wiring;
    }

    List<Smell> find(Forecast forecast) {
        double worst = worst(forecast);
        if (!(Math.abs(worst) > DECADES)) {
            return List.of();
        }
        double repaired = worst(MeanField.forecast(wiring, needed(), 1));
        String what = String.format(
                Locale.ROOT,
                "the back-propagated signal is foretold to %s by %.1f powers of ten (limit %.0f)",
                worst < 0 ? "fall" : "grow",
                Math.abs(worst),
                DECADES);
        String layer = layer(forecast, worst);
        if (Math.abs(repaired) <= DECADES) {
            String remedy = String.format(Locale.ROOT, "; %.1f with weights of the size needed", repaired);
            return List.of(new Smell("poor-initialization", layer, what + remedy));
        }
        return List.of(new Smell("activation-too-deep", layer, what + ", whatever the size of the weights"));
    }

    private static double worst(Forecast forecast) {
        double low = forecast.lowestDecades();
        double high = forecast.highestDecades();
        return -low > high ? low : high;
    }

    private static String layer(Forecast forecast, double decades) {
        return forecast.layers().stream()
                .filter(layer -> !Double.isNaN(layer.unitSignalDecades()))
                .min(Comparator.comparingDouble(layer -> distance(layer, decades)))
                .map(Forecast.OfLayer::name)
                .orElse("");
    }

    private static double distance(Forecast.OfLayer layer, double decades) {
        double unit = Math.abs(layer.unitSignalDecades() - decades);
        double norm = Math.abs(layer.signalDecades() - decades);
        return Double.isNaN(norm) ? unit : norm;
    }

    /** Weights of the size needed, and where no size is known those configured. */
    private WeightSource needed() {
        Map<Integer, NeededScale> scales = new HashMap<>();
        for (Station station : wiring.stations()) {
            NeededScale scale = station.layer() == null ? null : NeededScale.of(station.layer());
            if (scale != null) {
                scales.put(station.index(), scale);
            }
        }
        return (layer, parameter, configured) -> {
            NeededScale scale = scales.get(layer);
            return scale == null ? configured.moments() : WeightMoments.formula(scale.gain() / scale.fanIn());
        };
    }
}
