package io.gradiometer.report;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.RunInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A finding and the run that has it. */
record Occurrence(RunInfo run, Finding finding) {

    private static final Comparator<Occurrence> WORST_FIRST = Comparator.comparing(
                    (Occurrence occurrence) -> !occurrence.finding.isOpen())
            .thenComparing(occurrence -> occurrence.finding.severity(), Comparator.reverseOrder());

    /** Returns the findings of all runs: those that count before those that do not, the worst first of either. */
    static List<Occurrence> worstFirst(Report report) {
        List<Occurrence> all = new ArrayList<>();
        for (Report.Entry entry : report.entries()) {
            Diagnosis diagnosis = entry.run().diagnosis();
            if (diagnosis != null) {
                diagnosis.findings().forEach(finding -> all.add(new Occurrence(diagnosis.run(), finding)));
            }
        }
        all.sort(WORST_FIRST);
        return all;
    }
}
