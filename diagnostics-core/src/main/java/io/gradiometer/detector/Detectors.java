package io.gradiometer.detector;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.ConfigurationException;
import io.gradiometer.config.Suggestion;
import io.gradiometer.finding.FindingIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** The way in to the catalogue. */
@API(status = API.Status.EXPERIMENTAL)
public final class Detectors {

    private Detectors() {}

    /** Returns what every detector says of itself, in alphabetical order of their ids. */
    public static List<DetectorInfo> catalogue() {
        return BuiltInDetectors.ALL.stream().map(BuiltInDetectors.Entry::info).toList();
    }

    /** Returns what the detectors say of themselves that users brought along, as this thread finds them. */
    public static List<DetectorInfo> custom() {
        return CustomDetectors.ofThisThread().usable().stream()
                .map(CustomDetectors.Custom::info)
                .toList();
    }

    /** Returns every id that a finding can have: ours, then those of custom detectors. */
    public static List<String> findingIds() {
        return Stream.concat(FindingIds.all().stream(), custom().stream().map(DetectorInfo::id))
                .toList();
    }

    /**
     * Checks a configuration as a whole, the detectors' limits included.
     *
     * @throws ConfigurationException with every mistake at once
     */
    public static void check(Configuration configuration) {
        List<String> mistakes = new ArrayList<>(mistakesIn(configuration));
        configuration.limitSources().forEach((key, source) -> mistakeInLimit(key)
                .ifPresent(mistake -> mistakes.add("gradiometer.limit." + key + " (" + source + "): " + mistake)));
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(mistakes);
        }
    }

    /** Looks for custom detectors only in need: the agent checks while a class is being hooked, and should load no others then. */
    private static List<String> mistakesIn(Configuration configuration) {
        return configuration.mistakes().isEmpty() ? List.of() : configuration.mistakes(findingIds());
    }

    private static Optional<String> mistakeInLimit(String idAndKey) {
        int dot = idAndKey.indexOf('.');
        String id = dot < 0 ? idAndKey : idAndKey.substring(0, dot);
        String key = dot < 0 ? "" : idAndKey.substring(dot + 1);
        List<String> ids = catalogue().stream().map(DetectorInfo::id).toList();
        for (BuiltInDetectors.Entry<?> entry : BuiltInDetectors.ALL) {
            if (entry.info().id().equals(id)) {
                List<String> keys = LimitRecords.keys(entry.limits().getClass());
                return keys.contains(key)
                        ? Optional.empty()
                        : Optional.of("detector '" + id + "' has no limit '" + key + "', it has "
                                + String.join(", ", keys) + Suggestion.of(key, keys));
            }
        }
        if (custom().stream().anyMatch(info -> info.id().equals(id))) {
            return Optional.of("detector '" + id + "' is a custom one and takes no limits");
        }
        return Optional.of("detector '" + id + "' is unknown" + Suggestion.of(id, ids));
    }
}
