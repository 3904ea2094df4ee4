package io.gradiometer.config;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Severity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** Marks the findings that were expected, with the rest of their story, or switched off. */
    public Diagnosis mark(Diagnosis diagnosis) {
        Set<String> expected = expected(diagnosis.findings());
        return diagnosis.withFindings(finding -> finding.withStatus(statusOf(finding, expected)));
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

    private Finding.Status statusOf(Finding finding, Set<String> expected) {
        if (expected.contains(finding.id())) {
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
