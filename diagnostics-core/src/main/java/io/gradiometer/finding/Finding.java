package io.gradiometer.finding;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/**
 * One disease or one cause, with everything that speaks for it and what to try.
 *
 * @param id from the catalogue
 * @param kind symptom or cause
 * @param severity decided by the outcome
 * @param status whether it counts: only open findings do
 * @param fingerprint stays the same from run to run for the same trouble in the same test
 * @param layers that have it, from input to output; empty where it concerns the whole network
 * @param iterations in which it was seen
 * @param detectedAt the iteration from which it could be known
 * @param confidence from 0 to 1
 * @param summary one sentence that names layer, observed value and limit
 * @param because ids of the causes, likeliest first
 * @param facts observed values and their limits
 * @param evidence sentences that explain
 * @param ruledOut sentences on what was looked at and is not the trouble
 * @param remedies at least one, the most promising first
 */
@API(status = API.Status.EXPERIMENTAL)
public record Finding(
        String id,
        Kind kind,
        Severity severity,
        Status status,
        String fingerprint,
        List<String> layers,
        Iterations iterations,
        int detectedAt,
        double confidence,
        String summary,
        List<String> because,
        List<Fact> facts,
        List<String> evidence,
        List<String> ruledOut,
        List<Remedy> remedies) {

    public Finding {
        Require.id(id, "a finding's id");
        Require.text(summary, "a finding's summary");
        if (remedies.isEmpty()) {
            throw new IllegalArgumentException("finding '" + id + "' offers no remedy");
        }
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence must lie between 0 and 1, not at " + confidence);
        }
        layers = List.copyOf(layers);
        because = List.copyOf(because);
        facts = List.copyOf(facts);
        evidence = List.copyOf(evidence);
        ruledOut = List.copyOf(ruledOut);
        remedies = List.copyOf(remedies);
    }

    /** What a finding is about. */
    public enum Kind {
        SYMPTOM,
        CAUSE;

        public String id() {
            return Ids.of(this);
        }
    }

    /** Whether a finding counts. */
    public enum Status {
        OPEN,
        /** A test said that it must be found. */
        EXPECTED,
        /** Switched off by the user. */
        SUPPRESSED,
        /** Known from before. */
        BASELINE;

        public String id() {
            return Ids.of(this);
        }
    }

    public boolean isOpen() {
        return status == Status.OPEN;
    }

    public Finding withStatus(Status changed) {
        return copy(changed, fingerprint, because, remedies);
    }

    public Finding withFingerprint(String changed) {
        return copy(status, changed, because, remedies);
    }

    /** Returns this symptom with more causes, those that it names itself first, and with what cures them before its own remedies. */
    public Finding because(List<String> causes, List<Remedy> cures) {
        List<String> all = new ArrayList<>(because);
        causes.stream().filter(cause -> !all.contains(cause)).forEach(all::add);
        List<Remedy> tried = new ArrayList<>(cures);
        remedies.stream()
                .filter(own -> cures.stream().noneMatch(cure -> cure.id().equals(own.id())))
                .forEach(tried::add);
        return copy(status, fingerprint, all, tried);
    }

    /** Returns this finding with more sentences that speak for it. */
    public Finding withEvidence(List<String> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<String> all = new ArrayList<>(evidence);
        all.addAll(more);
        return copy(status, fingerprint, because, all, remedies);
    }

    /** Returns this finding with other remedies, the most promising first. */
    public Finding withRemedies(List<Remedy> changed) {
        return copy(status, fingerprint, because, changed);
    }

    private Finding copy(Status newStatus, String newFingerprint, List<String> newBecause, List<Remedy> newRemedies) {
        return copy(newStatus, newFingerprint, newBecause, evidence, newRemedies);
    }

    private Finding copy(
            Status newStatus,
            String newFingerprint,
            List<String> newBecause,
            List<String> newEvidence,
            List<Remedy> newRemedies) {
        return new Finding(
                id,
                kind,
                severity,
                newStatus,
                newFingerprint,
                layers,
                iterations,
                detectedAt,
                confidence,
                summary,
                newBecause,
                facts,
                newEvidence,
                ruledOut,
                newRemedies);
    }

    /** Starts a finding with what it cannot be without. */
    public static Builder of(String id, Severity severity, String summary) {
        return new Builder(id, severity, summary);
    }

    /** Gathers a finding. */
    public static final class Builder {
        private final String id;
        private final Severity severity;
        private final String summary;
        private List<String> layers = List.of();
        private Iterations iterations = new Iterations(0, 0);
        private int detectedAt;
        private double confidence = 1;
        private final List<String> because = new ArrayList<>();
        private final List<Fact> facts = new ArrayList<>();
        private final List<String> evidence = new ArrayList<>();
        private final List<String> ruledOut = new ArrayList<>();
        private final List<Remedy> remedies = new ArrayList<>();

        private Builder(String id, Severity severity, String summary) {
            this.id = id;
            this.severity = severity;
            this.summary = summary;
        }

        public Builder layers(List<String> names) {
            layers = names;
            return this;
        }

        public Builder seen(int first, int last, int knownFrom) {
            iterations = new Iterations(first, last);
            detectedAt = knownFrom;
            return this;
        }

        public Builder confidence(double value) {
            confidence = value;
            return this;
        }

        public Builder because(String causeId) {
            because.add(causeId);
            return this;
        }

        public Builder fact(Fact fact) {
            facts.add(fact);
            return this;
        }

        public Builder evidence(String sentence) {
            evidence.add(sentence);
            return this;
        }

        public Builder ruledOut(String sentence) {
            ruledOut.add(sentence);
            return this;
        }

        public Builder remedy(Remedy remedy) {
            remedies.add(remedy);
            return this;
        }

        /** Builds the finding, open and without a fingerprint: the diagnosis gives it one. */
        public Finding build() {
            return new Finding(
                    id,
                    FindingIds.isCause(id) ? Kind.CAUSE : Kind.SYMPTOM,
                    severity,
                    Status.OPEN,
                    "",
                    layers,
                    iterations,
                    detectedAt,
                    confidence,
                    summary,
                    because,
                    facts,
                    evidence,
                    ruledOut,
                    remedies);
        }
    }
}
