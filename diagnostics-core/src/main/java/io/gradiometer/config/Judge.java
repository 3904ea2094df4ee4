package io.gradiometer.config;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.OneLine;
import io.gradiometer.finding.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/** Decides what counts in a diagnosis; test, build and page all ask here, so that they cannot disagree. */
@API(status = API.Status.EXPERIMENTAL)
public final class Judge {

    private final Configuration configuration;
    private final List<Suppression> suppressions;
    private final Baseline baseline;
    private final List<Expectation> expectations;

    /** A judge for whom nothing is known from before. */
    public Judge(Configuration configuration, List<Expectation> expectations) {
        this(configuration, expectations, Baseline.NONE);
    }

    public Judge(Configuration configuration, List<Expectation> expectations, Baseline baseline) {
        this.configuration = configuration;
        this.suppressions = configuration.suppressions();
        this.baseline = baseline;
        this.expectations =
                configuration.text(Setting.EXPECTATIONS).equals("ignore") ? List.of() : List.copyOf(expectations);
    }

    /**
     * Marks the findings that were expected, with the rest of their story, switched off, or known from before. Findings stand under the
     * run's heading: name the run first.
     */
    public Diagnosis mark(Diagnosis diagnosis) {
        Set<String> expected = expected(diagnosis.findings());
        return diagnosis.withFindings(finding -> finding.withStatus(statusOf(finding, expected, diagnosis)));
    }

    /**
     * Marks a diagnosis that another judge, in the JVM that trained, has marked before, and states the settings that count now.
     *
     * <p>What a test expected, or switched off by its annotation, stays as it is: no later judge can know of that.
     */
    public Diagnosis remark(Diagnosis diagnosis) {
        List<String> offByTheRun = Setting.ids(diagnosis.configuration().getOrDefault(Setting.IGNORE.key(), ""))
                .toList();
        Diagnosis fresh = diagnosis.withFindings(
                finding -> finding.status() == Finding.Status.EXPECTED || offByTheRun.contains(finding.id())
                        ? finding
                        : finding.withStatus(Finding.Status.OPEN));
        return mark(fresh).withConfiguration(configuration.judging(diagnosis.configuration()));
    }

    /**
     * Returns the ids that a test has to expect when it expects one of them: symptoms with their causes, and further symptoms with a
     * cause in common, are one disease. Notes on causes go with it where nothing else is ill that they could be causes of.
     */
    private Set<String> expected(List<Finding> findings) {
        Set<String> story = findings.stream()
                .filter(finding -> expectations.stream().anyMatch(e -> e.isMetBy(finding)))
                .map(Finding::id)
                .collect(Collectors.toCollection(HashSet::new));
        boolean grows = !story.isEmpty();
        while (grows) {
            grows = false;
            for (Finding symptom : findings) {
                boolean belongs = story.contains(symptom.id())
                        || symptom.because().stream().anyMatch(story::contains);
                if (belongs) {
                    grows |= story.add(symptom.id());
                    grows |= story.addAll(symptom.because());
                }
            }
        }
        boolean whole = !story.isEmpty()
                && findings.stream()
                        .filter(finding -> finding.severity() != Severity.INFO)
                        .allMatch(finding -> story.contains(finding.id()));
        if (whole) {
            findings.stream()
                    .filter(finding -> finding.kind() == Finding.Kind.CAUSE)
                    .forEach(note -> story.add(note.id()));
        }
        return story;
    }

    private Finding.Status statusOf(Finding finding, Set<String> expected, Diagnosis diagnosis) {
        if (expected.contains(finding.id()) || finding.status() == Finding.Status.EXPECTED) {
            return Finding.Status.EXPECTED;
        } else if (isSwitchedOff(finding, diagnosis)) {
            return Finding.Status.SUPPRESSED;
        }
        return finding.isOpen() && baseline.knows(finding, diagnosis.run())
                ? Finding.Status.BASELINE
                : finding.status();
    }

    private boolean isSwitchedOff(Finding finding, Diagnosis diagnosis) {
        return configuration.ignored().contains(finding.id())
                || suppressions.stream()
                        .anyMatch(s -> s.holdsFor(diagnosis.run()) && s.scope().covers(finding, diagnosis.run()));
    }

    /** Returns the open findings that fail a test: none while a baseline is written, which takes a build that comes to its end. */
    public List<Finding> failing(Diagnosis marked) {
        return configuration.flag(Setting.BASELINE_UPDATE) ? List.of() : offending(marked);
    }

    /** Returns the open findings that break a rule. */
    public List<Finding> offending(Diagnosis marked) {
        return marked.open().stream()
                .filter(f -> configuration.failOn(f, marked.run()).hits(f.severity()))
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

    /** Returns, each in a sentence, the rules and suppressions that do nothing in these runs, or not any more. */
    public List<String> idle(Collection<Diagnosis> diagnoses) {
        List<String> idle = new ArrayList<>();
        for (Rule rule : configuration.rules()) {
            if (diagnoses.stream().noneMatch(d -> rule.scope().canConcern(d.run()))) {
                idle.add("Rule '" + rule.name() + "' matches nothing: no run has a test '"
                        + rule.scope().test().shown() + "' with a layer '"
                        + rule.scope().layer().shown() + "'.");
            }
        }
        for (Suppression suppression : suppressions) {
            idle(suppression, diagnoses).ifPresent(idle::add);
        }
        return idle;
    }

    private static Optional<String> idle(Suppression suppression, Collection<Diagnosis> diagnoses) {
        List<Diagnosis> covered = diagnoses.stream()
                .filter(d ->
                        d.findings().stream().anyMatch(f -> suppression.scope().covers(f, d.run())))
                .toList();
        String name = "Suppression '" + suppression.name() + "' (" + OneLine.of(suppression.reason()) + ")";
        if (covered.isEmpty()) {
            return Optional.of(name + " matches nothing: remove it, unless its tests did not run.");
        }
        return covered.stream().allMatch(d -> suppression.holdsFor(d.run()))
                ? Optional.empty()
                : Optional.of(name + " has expired on " + suppression.until() + ": what it held back counts again.");
    }
}
