package io.gradiometer.examples;

import io.gradiometer.finding.Diagnosis;

/** What a program can ask and tell Gradiometer of the network that it trains. */
interface Observed {

    /** Returns the diagnosis as of now. */
    Diagnosis diagnosis();

    /** Hands in a score on rows that are not trained on. */
    void validation(double score);
}
