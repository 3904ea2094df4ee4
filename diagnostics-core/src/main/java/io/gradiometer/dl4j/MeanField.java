package io.gradiometer.dl4j;

import io.gradiometer.dl4j.FiniteWidth.Shift;
import io.gradiometer.signal.Forecast;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the mean square of what a network carries from its input to its output, and that of the error back to the input, layer
 * by layer and not by a fixed point, which shallow networks never reach.
 *
 * <p>Poole et al. (2016) and Schoenholz et al. (2017) for dense layers, Yang et al. (2019) for batch normalisation: laws of infinite
 * width, which {@link FiniteWidth} sets right where it can. Works on arrays of its own, a few thousand numbers for each layer
 * whatever its width.
 */
final class MeanField {

    private final Wiring wiring;
    private final WeightSource weights;
    private final Map<String, Field> fields = new HashMap<>();
    private final Map<String, Way> ways = new HashMap<>();
    private final Map<String, Field> preActivations = new HashMap<>();
    private final Map<String, double[]> errors = new HashMap<>();
    private final Map<String, Shift> shifts = new HashMap<>();
    private final Set<String> unknown = new HashSet<>();

    /** How a station was passed: the part up to its pre-activations, and the rest. */
    private record Way(Passage before, Passage after) {}

    private MeanField(Wiring wiring, WeightSource weights) {
        this.wiring = wiring;
        this.weights = weights;
    }

    /**
     * Foretells.
     *
     * @param inputMeanSquare of the network's inputs; 1 for standardised ones
     */
    static Forecast forecast(Wiring wiring, WeightSource weights, double inputMeanSquare) {
        return new MeanField(wiring, weights).follow(inputMeanSquare);
    }

    private Forecast follow(double inputMeanSquare) {
        for (String input : wiring.inputs()) {
            fields.put(input, Field.input(inputMeanSquare));
        }
        for (Station station : wiring.stations()) {
            Way way = way(station);
            if (way != null) {
                ways.put(station.name(), way);
                fields.put(station.name(), way.after.out());
                preActivations.put(station.name(), way.before.out());
            }
        }
        shifts.putAll(FiniteWidth.shifts(wiring, fields, preActivations));
        Map<String, Double> signals = new HashMap<>();
        for (int i = wiring.stations().size() - 1; i >= 0; i--) {
            Station station = wiring.stations().get(i);
            double[] error = comeBack(station);
            signals.put(station.name(), error == null ? Double.NaN : GaussianNodes.mean(error));
        }
        return forecast(signals);
    }

    private Forecast forecast(Map<String, Double> signals) {
        double reference = wiring.stations().stream()
                .filter(Station::isOutput)
                .mapToDouble(this::size)
                .max()
                .orElse(Double.NaN);
        List<Forecast.OfLayer> layers = new ArrayList<>();
        for (Station station : wiring.stations()) {
            if (station.layer() != null) {
                Field field = fields.get(station.name());
                double rms = field == null
                        ? Double.NaN
                        : Math.sqrt(field.meanSquare() * shift(station).square());
                double signal = signals.getOrDefault(station.name(), Double.NaN);
                layers.add(new Forecast.OfLayer(
                        station.label(), rms, decades(signal * size(station) / reference), decades(signal)));
            }
        }
        return new Forecast(layers);
    }

    /** Returns the number of values that a layer gives for one example; NaN if unknown. */
    private double size(Station station) {
        Field field = fields.get(station.name());
        return field == null ? Double.NaN : field.channels() * field.area().positions();
    }

    private static double decades(double square) {
        double decades = square > 0 ? Math.log10(square) / 2 : Double.NaN;
        // A mean over points leaves this much of what is exactly nothing.
        return Math.abs(decades) < 1e-12 ? 0 : decades;
    }

    private @Nullable Way way(Station station) {
        List<Field> inputs = new ArrayList<>();
        for (String name : station.inputs()) {
            Field field = fields.get(name);
            if (field == null) {
                return null;
            }
            inputs.add(field);
        }
        if (inputs.isEmpty()) {
            return null;
        } else if (station.layer() == null) {
            Passage joint = station.vertex() == null ? null : VertexLaw.of(station.vertex(), inputs);
            return joint == null ? null : new Way(joint, Passage.scaling(joint.out(), 1));
        }
        LayerLaw law = new LayerLaw(station.layer(), station.index(), weights);
        Passage before = law.toPreActivation(LayerLaw.arranged(station.preProcessor(), inputs.get(0)));
        Passage after = before == null ? null : law.activation(before.out());
        return before == null || after == null ? null : new Way(before, after);
    }

    /** Returns the error at the station's pre-activations, and hands it on; null where it cannot be told. */
    private double @Nullable [] comeBack(Station station) {
        double[] error = errors.get(station.name());
        Way way = ways.get(station.name());
        if (station.isOutput()) {
            // The loss is met at the pre-activations of its layer: its signal is the measure of all others.
            error = GaussianNodes.constant(1);
        } else if (error != null && way != null) {
            error = way.after.back().through(error).get(0);
        } else {
            error = null;
        }
        hand(station, error == null || way == null ? null : way.before.back().through(error));
        return error;
    }

    private Shift shift(Station station) {
        return shifts.getOrDefault(station.name(), Shift.NONE);
    }

    /** Where several errors meet in one place, their squares add up, and one that is unknown leaves the sum unknown. */
    private void hand(Station station, @Nullable List<double[]> backs) {
        for (int i = 0; i < station.inputs().size(); i++) {
            String source = station.inputs().get(i);
            if (backs == null) {
                unknown.add(source);
                errors.remove(source);
            } else if (!unknown.contains(source)) {
                double[] back = Passage.times(backs.get(i), shift(station).error());
                errors.merge(source, back, MeanField::sum);
            }
        }
    }

    private static double[] sum(double[] one, double[] other) {
        double[] sum = one.clone();
        for (int k = 0; k < sum.length; k++) {
            sum[k] += other[k];
        }
        return sum;
    }
}
