package io.gradiometer.detector;

import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Verdict;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.Yardstick;
import java.util.List;

/**
 * A detector that judges the course of a training as a whole. All of them share one {@link Course} in an examination, so that a
 * step is gathered once however many there are.
 */
abstract class CourseDetector implements Detector {

    private Course course = new Course(() -> Yardstick.UNKNOWN);
    private boolean shared;

    /** Judges a course that someone else keeps. */
    final void share(Course common) {
        course = common;
        shared = true;
    }

    @Override
    public final void start(ModelView model) {
        if (!shared) {
            course.start(model);
        }
    }

    @Override
    public final void step(Step step) {
        if (!shared) {
            course.step(step);
        }
    }

    @Override
    public final Verdict verdict() {
        return verdict(List.of());
    }

    final Verdict verdict(List<Finding> symptoms) {
        int needed = getClass().getAnnotation(DetectorInfo.class).speaksFrom();
        return course.steps() < needed
                ? new Verdict.Inconclusive(StepsMissing.words(needed, course.steps()))
                : judge(course, symptoms);
    }

    Phase phase() {
        return Phase.SYMPTOMS;
    }

    /**
     * Judges a course.
     *
     * @param symptoms what was found already; empty for detectors of symptoms themselves
     */
    abstract Verdict judge(Course course, List<Finding> symptoms);
}
