package io.gradiometer.examples;

import io.gradiometer.finding.Finding;

/**
 * A finding at warning or error, as far as the laboratory needs it.
 *
 * @param id of the finding
 * @param cause whether it names a cause rather than a symptom
 * @param severity as users read it
 * @param summary as users read it
 */
record Alarm(String id, boolean cause, String severity, String summary) {

    static Alarm of(Finding finding) {
        return new Alarm(
                finding.id(),
                finding.kind() == Finding.Kind.CAUSE,
                finding.severity().id(),
                finding.summary());
    }

    @Override
    public String toString() {
        return severity + " " + id + ": " + summary;
    }
}
