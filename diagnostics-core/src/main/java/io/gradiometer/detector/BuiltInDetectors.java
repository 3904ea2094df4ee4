package io.gradiometer.detector;

import io.gradiometer.config.Configuration;
import java.util.List;
import java.util.function.Function;

/** The catalogue, in alphabetical order: one line each. */
final class BuiltInDetectors {

    static final List<Entry<?>> ALL = List.of(
            new Entry<>(ExplodingGradient.class, ExplodingGradient.Limits.DEFAULT, ExplodingGradient::new),
            new Entry<>(NonFinite.class, NonFinite.Limits.DEFAULT, NonFinite::new),
            new Entry<>(VanishingGradient.class, VanishingGradient.Limits.DEFAULT, VanishingGradient::new));

    private BuiltInDetectors() {}

    /**
     * One detector of the catalogue.
     *
     * @param type that carries a {@link DetectorInfo}
     * @param limits documented defaults
     * @param factory makes one for each run
     */
    record Entry<L extends Record>(Class<? extends Detector> type, L limits, Function<L, Detector> factory) {

        DetectorInfo info() {
            return type.getAnnotation(DetectorInfo.class);
        }

        Detector create(Configuration configuration) {
            return factory.apply(LimitRecords.override(limits, configuration.limits(info().id())));
        }
    }
}
