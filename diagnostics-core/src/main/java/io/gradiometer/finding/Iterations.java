package io.gradiometer.finding;

import org.apiguardian.api.API;

/**
 * The iterations in which something was the case.
 *
 * @param first inclusive
 * @param last inclusive
 */
@API(status = API.Status.EXPERIMENTAL)
public record Iterations(int first, int last) {

    public Iterations {
        if (last < first) {
            throw new IllegalArgumentException("iterations end (" + last + ") before they begin (" + first + ")");
        }
    }
}
