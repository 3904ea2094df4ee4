package io.gradiometer.trace;

import java.io.IOException;
import org.apiguardian.api.API;

/** A trace file that cannot be read at all; the message says in one sentence why, and names the file. */
@API(status = API.Status.EXPERIMENTAL)
public final class TraceException extends IOException {

    private static final long serialVersionUID = 1;

    public TraceException(String message) {
        super(message);
    }
}
