package io.gradiometer.dl4j;

import io.gradiometer.finding.Remedy;

/**
 * A remedy that can be tried.
 *
 * @param remedy as it was proposed
 * @param regimen the training with it
 */
record Candidate(Remedy remedy, Regimen regimen) {

    double length() {
        return regimen.length();
    }

    /** Tells whether it stands for a remedy: proposed for several findings, one is tried once. */
    boolean isFor(Remedy other) {
        return remedy.id().equals(other.id()) && remedy.change().equals(other.change());
    }

    Candidate forLength(double length) {
        return new Candidate(remedy, regimen.forLength(length));
    }

    /** Returns both remedies as one, this one first. */
    Candidate and(Remedy second, TrialData data) {
        Remedy both = Remedy.untried(
                remedy.id() + "-and-" + second.id(),
                remedy.summary() + "; and " + second.summary(),
                remedy.code() + "\n" + second.code());
        return new Candidate(both, Treatments.apply(regimen, second, data));
    }
}
