package io.gradiometer.detector;

import io.gradiometer.config.Configuration;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.OneLine;
import io.gradiometer.finding.PreflightReport;
import io.gradiometer.finding.Undecided;
import io.gradiometer.finding.Verdict;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Prospect;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.Validation;
import io.gradiometer.signal.Yardstick;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * All detectors over one run: symptoms first, then whether training gets anywhere, then the causes of what was found. A detector
 * that breaks is set aside and named; the others go on.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class Examination {

    private final List<Subject> subjects = new ArrayList<>();
    private final Course course;
    private final List<Undecided> troubles;
    private @Nullable String brokenCourse;

    /**
     * What all detectors concluded.
     *
     * @param findings symptoms, worst first, then causes, likeliest first
     * @param undecided those that could not tell, in the order of the catalogue
     * @param preflight what was told before training, beside what the first steps measured
     */
    public record Conclusion(List<Finding> findings, List<Undecided> undecided, PreflightReport preflight) {
        public Conclusion {
            findings = List.copyOf(findings);
            undecided = List.copyOf(undecided);
        }
    }

    /** Starts every detector of the catalogue on a network of whose examples nothing is kept. */
    public Examination(ModelView model, Configuration configuration) {
        this(model, configuration, () -> Yardstick.UNKNOWN);
    }

    /**
     * Starts every detector of the catalogue on a network.
     *
     * @param yardstick what simple models learn from the examples seen so far; asked when concluding, and only where it matters
     */
    public Examination(ModelView model, Configuration configuration, Supplier<Yardstick> yardstick) {
        course = new Course(yardstick);
        gather(() -> course.start(model));
        for (BuiltInDetectors.Entry<?> entry : BuiltInDetectors.ALL) {
            Detector detector = entry.create(configuration);
            if (detector instanceof CourseDetector judge) {
                judge.share(course);
            }
            subjects.add(new Subject(entry.info().id(), "it", () -> detector));
        }
        CustomDetectors customs = CustomDetectors.ofThisThread();
        for (CustomDetectors.Custom custom : customs.usable()) {
            subjects.add(new Subject(custom.info().id(), custom.className(), custom::create));
        }
        troubles = customs.troubles();
        subjects.forEach(subject -> subject.run(detector -> detector.start(model)));
    }

    /** Takes what was told of the network before its first step. */
    public void foretold(Prospect prospect) {
        gather(() -> course.forecast().foretold(prospect));
    }

    /** Takes the next step. */
    public void step(Step step) {
        gather(() -> course.step(step));
        for (Subject subject : subjects) {
            subject.run(detector -> detector.step(step));
        }
    }

    /** Takes a validation score of the user's. */
    public void validation(Validation score) {
        gather(() -> course.validation(score));
    }

    private void gather(Runnable part) {
        if (brokenCourse == null) {
            try {
                part.run();
            } catch (RuntimeException e) {
                brokenCourse = Subject.words("it", e);
            }
        }
    }

    /** Concludes from what was seen up to now. */
    public Conclusion conclude() {
        List<Finding> findings = new ArrayList<>();
        Map<String, Undecided> undecided = new HashMap<>();
        for (Phase phase : Phase.values()) {
            List<Finding> known = List.copyOf(findings);
            for (Subject subject : subjects) {
                if (subject.phase() == phase) {
                    subject.run(detector -> conclude(subject.id, detector, known, findings, undecided));
                    String failure = subject.failure;
                    if (failure != null) {
                        undecided.put(subject.id, new Undecided(subject.id, failure));
                    }
                }
            }
        }
        List<Undecided> inOrder = new ArrayList<>(subjects.stream()
                .map(subject -> undecided.get(subject.id))
                .filter(Objects::nonNull)
                .toList());
        inOrder.addAll(troubles);
        List<Finding> story = Story.of(findings, this::explains);
        return brokenCourse == null
                ? new Conclusion(
                        course.forecast().joinedTo(story),
                        inOrder,
                        course.forecast().report())
                : new Conclusion(story, inOrder, PreflightReport.NONE);
    }

    private void conclude(
            String id,
            Detector detector,
            List<Finding> known,
            List<Finding> findings,
            Map<String, Undecided> undecided) {
        String broken = brokenCourse;
        Verdict verdict = detector instanceof CourseDetector judge
                ? broken == null ? judge.verdict(known) : new Verdict.Inconclusive(broken)
                : detector.verdict();
        verdict.fold(
                clear -> true,
                found -> findings.addAll(own(found.findings(), id)),
                unknown -> undecided.put(id, new Undecided(id, unknown.missing())) == null,
                notApplicable -> true);
    }

    /** A finding under another id would be suppressed, expected and explained in the name of another detector. */
    private static List<Finding> own(List<Finding> findings, String id) {
        for (Finding finding : findings) {
            if (!finding.id().equals(id)) {
                throw new IllegalStateException(
                        "a finding '" + finding.id() + "', where its @DetectorInfo declares '" + id + "'");
            }
        }
        return findings;
    }

    private boolean explains(String cause, String symptom) {
        return subjects.stream().anyMatch(subject -> subject.id.equals(cause) && subject.explains(symptom));
    }

    private static final class Subject {
        final String id;
        private final String name;
        private @Nullable Detector detector;
        private @Nullable String failure;

        /**
         * @param name what a failure calls it
         * @param maker that may fail where the detector comes from outside
         */
        Subject(String id, String name, Supplier<Detector> maker) {
            this.id = id;
            this.name = name;
            try {
                detector = maker.get();
            } catch (RuntimeException | ServiceConfigurationError | LinkageError e) {
                failure = words(name, e);
            }
        }

        Phase phase() {
            return detector instanceof CourseDetector judge ? judge.phase() : Phase.SYMPTOMS;
        }

        boolean explains(String symptom) {
            return detector instanceof CauseDetector cause && cause.explains(symptom);
        }

        void run(Consumer<Detector> action) {
            Detector current = detector;
            if (current != null && failure == null) {
                try {
                    action.accept(current);
                } catch (Throwable e) {
                    failure = words(name, e);
                }
            }
        }

        static String words(String name, Throwable e) {
            Throwable wrapped = e instanceof ServiceConfigurationError ? e.getCause() : null;
            return OneLine.of("a detector that works: " + name + " broke with " + (wrapped == null ? e : wrapped));
        }
    }

    /** Returns the conclusion over a whole run that was recorded. */
    public static Conclusion of(ModelView model, List<Step> steps, Configuration configuration) {
        return of(model, steps, configuration, Yardstick.UNKNOWN);
    }

    /** Returns the conclusion over a whole run that was recorded, with what simple models make of its examples. */
    public static Conclusion of(ModelView model, List<Step> steps, Configuration configuration, Yardstick yardstick) {
        return of(model, Prospect.UNKNOWN, steps, configuration, yardstick);
    }

    /** Returns the conclusion over a whole run that was recorded, with what was told before it. */
    public static Conclusion of(
            ModelView model, Prospect prospect, List<Step> steps, Configuration configuration, Yardstick yardstick) {
        Examination examination = new Examination(model, configuration, () -> yardstick);
        examination.foretold(prospect);
        steps.forEach(examination::step);
        return examination.conclude();
    }

    /** Returns the one verdict of a detector over a run, for detectors that are tried alone. */
    static Verdict verdict(Detector detector, ModelView model, List<Step> steps) {
        return verdict(detector, model, steps, Yardstick.UNKNOWN, List.of());
    }

    /**
     * The same where it is known what simple models make of the examples, and how the user validated; causes learn of the symptoms
     * that were found.
     */
    static Verdict verdict(
            Detector detector, ModelView model, List<Step> steps, Yardstick yardstick, List<Validation> validations) {
        if (detector instanceof CourseDetector judge) {
            Course course = new Course(() -> yardstick);
            course.start(model);
            steps.forEach(course::step);
            validations.forEach(course::validation);
            judge.share(course);
            List<Finding> symptoms = judge.phase() == Phase.SYMPTOMS
                    ? List.of()
                    : of(model, steps, Configuration.of(), yardstick).findings().stream()
                            .filter(finding -> finding.kind() == Finding.Kind.SYMPTOM)
                            .filter(finding -> !finding.id().equals(idOf(detector)))
                            .toList();
            return judge.verdict(symptoms);
        }
        detector.start(model);
        steps.forEach(detector::step);
        return detector.verdict();
    }

    private static String idOf(Detector detector) {
        return detector.getClass().getAnnotation(DetectorInfo.class).id();
    }
}
