package io.gradiometer.examples;

import io.gradiometer.dl4j.GradiometerListener;
import io.gradiometer.finding.Diagnosis;

/**
 * A network that a listener observes.
 *
 * @param listener the same
 */
record ByGradiometerListener(GradiometerListener listener) implements Observed {

    @Override
    public Diagnosis diagnosis() {
        return listener.diagnosis();
    }

    @Override
    public void validation(double score) {
        listener.validation(score);
    }
}
