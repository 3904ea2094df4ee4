package io.gradiometer.maven;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Health;
import io.gradiometer.finding.Severity;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Counts what a build's runs came to; its text is the last line a goal says. */
final class Tally {

    private final Map<Health, Integer> healths = new EnumMap<>(Health.class);
    private final Map<Severity, Integer> open = new EnumMap<>(Severity.class);
    private final Map<Finding.Status, Integer> setAside = new EnumMap<>(Finding.Status.class);
    private int runs;
    private int unreadable;
    private int offending;
    private int unjudged;

    /** Counts a run that has a diagnosis. */
    void judged(Diagnosis diagnosis, int offendingFindings, boolean failsAsInconclusive) {
        runs++;
        healths.merge(diagnosis.health(), 1, Integer::sum);
        for (Finding finding : diagnosis.findings()) {
            if (finding.isOpen()) {
                open.merge(finding.severity(), 1, Integer::sum);
            } else {
                setAside.merge(finding.status(), 1, Integer::sum);
            }
        }
        offending += offendingFindings;
        unjudged += failsAsInconclusive ? 1 : 0;
    }

    /** Counts a run whose diagnosis could not be read. */
    void unreadable(boolean fails) {
        runs++;
        unreadable++;
        unjudged += fails ? 1 : 0;
    }

    boolean broken() {
        return offending > 0 || unjudged > 0;
    }

    @Override
    public String toString() {
        StringJoiner health = new StringJoiner(", ");
        healths.forEach((key, n) -> health.add(n + " " + key.id()));
        if (unreadable > 0) {
            health.add(unreadable + " unreadable");
        }
        StringJoiner parts = new StringJoiner("; ", count(runs, "training run") + ": ", "");
        parts.add(health.toString());
        parts.add(findings());
        if (offending > 0) {
            parts.add(count(offending, "finding") + (offending == 1 ? " breaks" : " break") + " a rule");
        }
        if (unjudged > 0) {
            parts.add(count(unjudged, "run") + " could not be judged");
        }
        return parts.toString();
    }

    private String findings() {
        StringJoiner findings = new StringJoiner(", ").setEmptyValue("no finding");
        for (Severity severity : new Severity[] {Severity.ERROR, Severity.WARNING, Severity.INFO}) {
            Integer n = open.get(severity);
            if (n != null) {
                findings.add(count(n, severity.id()));
            }
        }
        setAside.forEach((status, n) -> findings.add(n + " " + status.name().toLowerCase(Locale.ROOT)));
        return findings.toString();
    }

    private static String count(int n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }
}
