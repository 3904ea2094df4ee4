package io.gradiometer.dl4j;

import org.apiguardian.api.API;

/** Thrown out of {@code fit} where the agent was told to fail fast and found an error. */
@API(status = API.Status.EXPERIMENTAL)
public final class TrainingFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TrainingFailedException(String message) {
        super(message);
    }
}
