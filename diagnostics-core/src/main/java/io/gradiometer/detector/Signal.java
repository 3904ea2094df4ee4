package io.gradiometer.detector;

import org.apiguardian.api.API;

/** What a detector reads, and so what must be measured for it. */
@API(status = API.Status.EXPERIMENTAL)
public enum Signal {
    LOSS,
    SKILL,
    GRADIENTS,
    UPDATES,
    PARAMETERS,
    BACK_PROPAGATED_SIGNAL,
    ACTIVATIONS,
    ANSWERS,
    INPUTS,
    LABELS,
    YARDSTICK,
    VALIDATION
}
