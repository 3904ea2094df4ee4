package io.gradiometer.finding;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apiguardian.api.API;

/**
 * Everything concluded about one training run: the one value that page, JSON, build gate and failing test read.
 *
 * @param run which run
 * @param findings worst first, causes likeliest first
 * @param inconclusive detectors that could not decide
 * @param preflight what was told before training
 * @param cost what observing took
 * @param configuration the effective settings
 */
@API(status = API.Status.EXPERIMENTAL)
public record Diagnosis(
        RunInfo run,
        List<Finding> findings,
        List<Undecided> inconclusive,
        PreflightReport preflight,
        Cost cost,
        Map<String, String> configuration) {

    /** Name and version of the file format. */
    public static final String SCHEMA = "gradiometer/diagnosis/1";

    /** A run that could not be judged by one of these could not be judged at all. */
    private static final List<String> CORE_DETECTORS =
            List.of("exploding-gradient", "vanishing-gradient", "non-finite", "loss-not-decreasing");

    public Diagnosis {
        findings = List.copyOf(findings);
        inconclusive = List.copyOf(inconclusive);
        configuration = Collections.unmodifiableMap(new TreeMap<>(configuration));
    }

    /** A diagnosis of a run before which nothing was told. */
    public Diagnosis(
            RunInfo run,
            List<Finding> findings,
            List<Undecided> inconclusive,
            Cost cost,
            Map<String, String> configuration) {
        this(run, findings, inconclusive, PreflightReport.NONE, cost, configuration);
    }

    public Health health() {
        if (hasOpen(Severity.ERROR)) {
            return Health.SICK;
        } else if (hasOpen(Severity.WARNING)) {
            return Health.SUSPECT;
        }
        return isConclusive() ? Health.HEALTHY : Health.INCONCLUSIVE;
    }

    /** Tells whether loss, finiteness and gradient flow could all be judged. */
    public boolean isConclusive() {
        return inconclusive.stream().noneMatch(u -> CORE_DETECTORS.contains(u.id()));
    }

    public List<Finding> open() {
        return findings.stream().filter(Finding::isOpen).toList();
    }

    /** Returns this diagnosis with every finding passed through {@code change}. */
    public Diagnosis withFindings(UnaryOperator<Finding> change) {
        return new Diagnosis(run, findings.stream().map(change).toList(), inconclusive, preflight, cost, configuration);
    }

    /** Returns this diagnosis with these findings alone. */
    public Diagnosis withFindings(List<Finding> changed) {
        return new Diagnosis(run, changed, inconclusive, preflight, cost, configuration);
    }

    /** Returns this diagnosis with the settings that it was judged by. */
    public Diagnosis withConfiguration(Map<String, String> changed) {
        return new Diagnosis(run, findings, inconclusive, preflight, cost, changed);
    }

    /** Returns this diagnosis under another heading, which its findings' fingerprints then name. */
    public Diagnosis withRun(RunInfo changed) {
        List<Finding> renamed = findings.stream()
                .map(f -> f.withFingerprint(Fingerprint.of(f, changed)))
                .toList();
        return new Diagnosis(changed, renamed, inconclusive, preflight, cost, configuration);
    }

    private boolean hasOpen(Severity severity) {
        return findings.stream().anyMatch(f -> f.isOpen() && f.severity() == severity);
    }
}
