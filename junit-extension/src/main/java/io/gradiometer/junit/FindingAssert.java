package io.gradiometer.junit;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import java.util.List;
import org.apiguardian.api.API;

/** What can be claimed of a finding that is there. */
@API(status = API.Status.EXPERIMENTAL)
public final class FindingAssert {

    private final String id;
    private final List<Finding> findings;
    private final Diagnosis diagnosis;

    FindingAssert(String id, List<Finding> findings, Diagnosis diagnosis) {
        this.id = id;
        this.findings = findings;
        this.diagnosis = diagnosis;
    }

    /** Claims that the layer has it. */
    public FindingAssert inLayer(String name) {
        List<Finding> there = findings.stream()
                .filter(finding -> finding.layers().contains(name))
                .toList();
        if (there.isEmpty()) {
            throw new DiagnosisError(Texts.missing(id, name, List.of(diagnosis)));
        }
        return new FindingAssert(id, there, diagnosis);
    }
}
