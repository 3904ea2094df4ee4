package io.gradiometer.signal;

import org.apiguardian.api.API;

/** What a parameter does in its layer, and so whether its gradient is one. */
@API(status = API.Status.EXPERIMENTAL)
public enum Role {
    /** Multiplies what comes from the layer before. */
    WEIGHT(true),
    /** Multiplies what comes from the time step before. */
    RECURRENT_WEIGHT(true),
    BIAS(true),
    /** Gain and offset of a normalisation. */
    SCALE(true),
    /** Any other trained parameter. */
    OTHER(true),
    /** Running mean or variance of batch normalisation: its "gradient" is the next estimate, not a gradient. */
    STATISTIC(false),
    /** Class centre of a centre loss: moved by a rule of its own. */
    CENTER(false);

    private final boolean descends;

    Role(boolean descends) {
        this.descends = descends;
    }

    /** Tells whether the entry follows the gradient of the loss. */
    public boolean descends() {
        return descends;
    }

    /** Tells whether the parameter multiplies signals, so that its size relative to its update means something. */
    public boolean isWeight() {
        return this == WEIGHT || this == RECURRENT_WEIGHT;
    }
}
