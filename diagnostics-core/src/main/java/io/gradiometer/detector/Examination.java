package io.gradiometer.detector;

import io.gradiometer.config.Configuration;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Undecided;
import io.gradiometer.finding.Verdict;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** All detectors over one run. A detector that breaks is set aside and named; the others go on. */
@API(status = API.Status.EXPERIMENTAL)
public final class Examination {

    /** Judged by no detector yet; until one does, a network that knows nothing is at least not called healthy. */
    private static final String LOSS = "loss-not-decreasing";

    private final List<Subject> subjects = new ArrayList<>();
    private final Outcome outcome = new Outcome();

    /**
     * What all detectors concluded.
     *
     * @param findings worst first
     * @param undecided those that could not tell, in the order of the catalogue
     */
    public record Conclusion(List<Finding> findings, List<Undecided> undecided) {
        public Conclusion {
            findings = List.copyOf(findings);
            undecided = List.copyOf(undecided);
        }
    }

    /** Starts every detector of the catalogue on a network. */
    public Examination(ModelView model, Configuration configuration) {
        for (BuiltInDetectors.Entry<?> entry : BuiltInDetectors.ALL) {
            Subject subject = new Subject(entry.info().id(), entry.create(configuration));
            subject.run(detector -> detector.start(model));
            subjects.add(subject);
        }
    }

    /** Takes the next step. */
    public void step(Step step) {
        outcome.step(step);
        for (Subject subject : subjects) {
            subject.step(step);
        }
    }

    /** Concludes from what was seen up to now. */
    public Conclusion conclude() {
        List<Finding> findings = new ArrayList<>();
        List<Undecided> undecided = new ArrayList<>();
        for (Subject subject : subjects) {
            subject.run(detector -> detector.verdict()
                    .fold(
                            clear -> true,
                            found -> findings.addAll(found.findings()),
                            unknown -> undecided.add(new Undecided(subject.id, unknown.missing())),
                            notApplicable -> true));
            String failure = subject.failure;
            if (failure != null) {
                undecided.add(new Undecided(subject.id, failure));
            }
        }
        boolean explained = findings.stream().anyMatch(f -> f.severity().isAtLeast(Severity.WARNING));
        if (outcome.steps() > 0 && outcome.learnedNothing() && !explained) {
            undecided.add(new Undecided(
                    LOSS, "training that gets somewhere, or a detector that says why it does not: " + outcome.words()));
        }
        findings.sort(Comparator.comparing(Finding::severity).reversed());
        return new Conclusion(findings, undecided);
    }

    private static final class Subject {
        final String id;
        private final Detector detector;
        private @Nullable String failure;

        Subject(String id, Detector detector) {
            this.id = id;
            this.detector = detector;
        }

        void step(Step step) {
            if (failure == null) {
                try {
                    detector.step(step);
                } catch (RuntimeException e) {
                    failed(e);
                }
            }
        }

        void run(Consumer<Detector> action) {
            if (failure == null) {
                try {
                    action.accept(detector);
                } catch (RuntimeException e) {
                    failed(e);
                }
            }
        }

        private void failed(RuntimeException e) {
            failure = "a detector that works: it broke with " + e;
        }
    }

    /** Returns the conclusion over a whole run that was recorded. */
    public static Conclusion of(ModelView model, List<Step> steps, Configuration configuration) {
        Examination examination = new Examination(model, configuration);
        steps.forEach(examination::step);
        return examination.conclude();
    }

    /** Returns the one verdict of a detector over a run, for detectors that are tried alone. */
    static Verdict verdict(Detector detector, ModelView model, List<Step> steps) {
        detector.start(model);
        steps.forEach(detector::step);
        return detector.verdict();
    }
}
