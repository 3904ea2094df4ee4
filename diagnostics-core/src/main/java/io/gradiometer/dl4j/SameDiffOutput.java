package io.gradiometer.dl4j;

import org.jspecify.annotations.Nullable;

/**
 * Where in a {@code SameDiff} stands what one layer gives.
 *
 * @param variable that holds it: what the activation gives, or what the layer ends in where none follows
 * @param activation under the name that Deeplearning4j has for it; null if there is none, or none that is known
 * @param pending whether the activation is still to be applied to the variable, since the loss does so itself
 * @param axis on which the units stand
 * @param units number of units, or channels; 0 if unknown
 */
record SameDiffOutput(String variable, @Nullable String activation, boolean pending, UnitAxis axis, long units) {

    /** Where units stand in an array. */
    enum UnitAxis {
        FIRST,
        LAST,
        /** Where as many lie as there are units: convolutions and recurrent layers know formats of both kinds. */
        BY_SIZE
    }
}
