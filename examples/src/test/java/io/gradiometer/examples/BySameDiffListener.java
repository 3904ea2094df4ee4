package io.gradiometer.examples;

import io.gradiometer.dl4j.SameDiffListener;
import io.gradiometer.finding.Diagnosis;

/**
 * A {@code SameDiff} that a listener observes.
 *
 * @param listener the same
 */
record BySameDiffListener(SameDiffListener listener) implements Observed {

    @Override
    public Diagnosis diagnosis() {
        return listener.diagnosis();
    }

    @Override
    public void validation(double score) {
        listener.validation(score);
    }
}
