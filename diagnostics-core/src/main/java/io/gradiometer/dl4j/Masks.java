package io.gradiometer.dl4j;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Looks steps up in a mask, in whichever form layers keep it. */
final class Masks {

    private Masks() {}

    /** Tells whether a mask has a form that belongs to so many examples of so many positions. */
    static boolean fits(@Nullable INDArray mask, long batch, long positions) {
        return mask == null || mask.length() == batch || mask.length() == batch * positions;
    }

    /**
     * Looks a step up in a mask of one value per example, of one per example and step, or in the form in which recurrent output
     * layers keep it: a column in which all examples of the first step come first.
     */
    static boolean isOn(@Nullable INDArray mask, long batch, long positions, long example, long position) {
        if (mask == null) {
            return true;
        } else if (mask.length() == batch) {
            return mask.getDouble(example) != 0;
        } else if (mask.size(0) == batch * positions) {
            return mask.getDouble(position * batch + example) != 0;
        }
        return mask.getDouble(example * positions + position) != 0;
    }
}
