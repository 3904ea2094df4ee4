package io.gradiometer.detector;

import io.gradiometer.signal.DropoutView;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a network leaves to chance while it trains.
 *
 * @param places where something is dropped, from input to output
 * @param inARow whether all of them lie on one way, so that what they leave is left of all that was left before; branches of a
 *     graph do not add their chance up
 */
record Dropouts(List<Place> places, boolean inARow) {

    /** Dropout in a layer. */
    record Place(LayerView layer, DropoutView dropout) {
        double kept() {
            return dropout.kept();
        }
    }

    static Dropouts of(ModelView model) {
        List<Place> places = model.layers().stream()
                // A frozen layer works as in evaluation, where nothing is dropped.
                .filter(layer -> !layer.frozen())
                .flatMap(layer -> layer.dropouts().stream().map(dropout -> new Place(layer, dropout)))
                .filter(place -> place.kept() < 1)
                .toList();
        return new Dropouts(places, model.kind().equals("MultiLayerNetwork"));
    }

    Optional<Place> strongest() {
        return places.stream().min(Comparator.comparingDouble(Place::kept));
    }

    /** Returns which share of what reaches the output is due to the example, each place leaving what it keeps. */
    double share() {
        return places.stream().mapToDouble(Place::kept).reduce(1, (all, kept) -> all * kept);
    }

    /**
     * Returns how much of a skill shows while values are dropped.
     *
     * <p>Of what independent inputs tell, dropout that keeps p leaves p; of what correlated ones tell together it leaves less,
     * and there is no bound. The square leaves room for that. Dropout that is itself too strong excuses nothing.
     */
    double showing(DropoutTooStrong.Limits limits) {
        boolean tooStrong =
                strongest().filter(place -> place.kept() < limits.kept()).isPresent()
                        || (inARow && share() < limits.share());
        return tooStrong ? 1 : share() * share();
    }
}
