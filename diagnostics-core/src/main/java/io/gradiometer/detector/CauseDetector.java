package io.gradiometer.detector;

import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Severity;
import java.util.List;
import java.util.Set;

/** A detector of a cause: judges once the symptoms are known, and says which of them it explains. */
abstract class CauseDetector extends CourseDetector {

    private Set<String> explains;

    CauseDetector(String... symptoms) {
        explains = Set.of(symptoms);
    }

    @Override
    final Phase phase() {
        return Phase.CAUSES;
    }

    /** Says that in this run the cause explains these symptoms alone. */
    final void narrowTo(Set<String> symptoms) {
        explains = symptoms;
    }

    /** Tells whether the cause leads to a symptom. */
    final boolean explains(String symptom) {
        return explains.contains(symptom);
    }

    /** Returns the gravest symptom that the cause explains, {@link Severity#INFO} if there is none. */
    final Severity gravest(List<Finding> symptoms) {
        return symptoms.stream()
                .filter(symptom -> explains(symptom.id()))
                .map(Finding::severity)
                .max(Severity::compareTo)
                .orElse(Severity.INFO);
    }
}
