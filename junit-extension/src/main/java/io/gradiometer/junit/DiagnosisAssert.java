package io.gradiometer.junit;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Health;
import io.gradiometer.finding.Severity;
import java.util.List;
import org.apiguardian.api.API;

/** What can be claimed of a diagnosis. Findings that are expected or switched off do not count as trouble. */
@API(status = API.Status.EXPERIMENTAL)
public final class DiagnosisAssert {

    private final Diagnosis diagnosis;

    DiagnosisAssert(Diagnosis diagnosis) {
        this.diagnosis = diagnosis;
    }

    /** Claims that no open finding is an error; what could not be judged is passed over. */
    public DiagnosisAssert hasNoErrors() {
        List<Finding> errors = diagnosis.open().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw failure("no errors were expected", errors);
        }
        return this;
    }

    /** Claims that there is neither error nor warning, and that enough was seen to say so. */
    public DiagnosisAssert isHealthy() {
        if (diagnosis.health() != Health.HEALTHY) {
            List<Finding> trouble = diagnosis.open().stream()
                    .filter(finding -> finding.severity().isAtLeast(Severity.WARNING))
                    .toList();
            throw failure("health was expected", trouble);
        }
        return this;
    }

    /** Claims that the finding is there, whatever its severity and status. */
    public FindingAssert hasFinding(String id) {
        List<Finding> named = diagnosis.findings().stream()
                .filter(finding -> finding.id().equals(id))
                .toList();
        if (named.isEmpty()) {
            throw new DiagnosisError(Texts.missing(id, "", List.of(diagnosis)));
        }
        return new FindingAssert(id, named, diagnosis);
    }

    private DiagnosisError failure(String expected, List<Finding> found) {
        return new DiagnosisError(Texts.lines(
                Texts.headline(diagnosis.run().title(), List.of(diagnosis)) + "; " + expected,
                Texts.findings(found, diagnosis),
                Texts.undecided(diagnosis)));
    }
}
