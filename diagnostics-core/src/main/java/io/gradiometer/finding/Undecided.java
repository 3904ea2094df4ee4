package io.gradiometer.finding;

import org.apiguardian.api.API;

/**
 * A detector that could not decide.
 *
 * @param id of the detector
 * @param missing what it would have needed
 */
@API(status = API.Status.EXPERIMENTAL)
public record Undecided(String id, String missing) {

    public Undecided {
        Require.text(id, "the detector's id");
        Require.text(missing, "what is missing");
    }
}
