package io.gradiometer.finding;

import org.apiguardian.api.API;

/** The verdict on a whole run; only open findings count. */
@API(status = API.Status.EXPERIMENTAL)
public enum Health {
    /** Neither error nor warning, and enough was seen to say so. */
    HEALTHY,
    /** A warning. */
    SUSPECT,
    /** An error. */
    SICK,
    /** Neither error nor warning, but loss, finiteness or gradient flow could not be judged. */
    INCONCLUSIVE;

    public String id() {
        return Ids.of(this);
    }
}
