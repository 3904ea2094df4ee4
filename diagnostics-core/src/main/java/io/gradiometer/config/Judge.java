package io.gradiometer.config;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import java.util.List;
import org.apiguardian.api.API;

/** Decides what counts in a diagnosis; test, build and page all ask here, so that they cannot disagree. */
@API(status = API.Status.EXPERIMENTAL)
public final class Judge {

    private final Configuration configuration;
    private final List<Expectation> expectations;

    public Judge(Configuration configuration, List<Expectation> expectations) {
        this.configuration = configuration;
        this.expectations =
                configuration.text(Setting.EXPECTATIONS).equals("ignore") ? List.of() : List.copyOf(expectations);
    }

    /** Marks the findings that were expected or switched off. */
    public Diagnosis mark(Diagnosis diagnosis) {
        return diagnosis.withFindings(finding -> finding.withStatus(statusOf(finding)));
    }

    private Finding.Status statusOf(Finding finding) {
        if (expectations.stream().anyMatch(e -> e.isMetBy(finding))) {
            return Finding.Status.EXPECTED;
        }
        return configuration.ignored().contains(finding.id()) ? Finding.Status.SUPPRESSED : finding.status();
    }

    /** Returns the open findings that fail the test or build. */
    public List<Finding> offending(Diagnosis marked) {
        return marked.open().stream()
                .filter(f -> configuration.failOn(f.id()).hits(f.severity()))
                .toList();
    }

    /** Returns the expectations that nothing in the diagnosis meets. */
    public List<Expectation> unmet(Diagnosis diagnosis) {
        return expectations.stream()
                .filter(e -> diagnosis.findings().stream().noneMatch(e::isMetBy))
                .toList();
    }

    /** Tells whether the run fails because it could not be judged. */
    public boolean failsAsInconclusive(Diagnosis diagnosis) {
        return configuration.flag(Setting.FAIL_IF_INCONCLUSIVE) && !diagnosis.isConclusive();
    }
}
