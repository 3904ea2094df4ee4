package io.gradiometer.config;

import io.gradiometer.finding.Finding;
import org.apiguardian.api.API;

/**
 * A finding that a test says must be there.
 *
 * @param id of the finding
 * @param layer that must have it; empty where any will do
 */
@API(status = API.Status.EXPERIMENTAL)
public record Expectation(String id, String layer) {

    /** Tells whether the finding is the one that was expected. */
    public boolean isMetBy(Finding finding) {
        return finding.id().equals(id) && (layer.isEmpty() || finding.layers().contains(layer));
    }
}
