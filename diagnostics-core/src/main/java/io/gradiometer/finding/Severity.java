package io.gradiometer.finding;

import org.apiguardian.api.API;

/** How much a finding matters, decided by its outcome: an odd number in a network that learns is only worth a note. */
@API(status = API.Status.EXPERIMENTAL)
public enum Severity {
    INFO,
    WARNING,
    ERROR;

    /** Returns the name that users write and read, {@code error} for instance. */
    public String id() {
        return Ids.of(this);
    }

    public boolean isAtLeast(Severity other) {
        return compareTo(other) >= 0;
    }
}
