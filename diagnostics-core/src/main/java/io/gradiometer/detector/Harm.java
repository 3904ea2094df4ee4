package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;

/** What training came to decides how grave a finding is, the same way for all of them. */
final class Harm {

    private Harm() {}

    /** Error where nothing was learned, warning where far less than a simple model learns, else a note. */
    static Severity severity(Course course) {
        if (course.outcome().learnedNothing()) {
            return Severity.ERROR;
        }
        return course.isPoor() || course.outcome().fell() ? Severity.WARNING : Severity.INFO;
    }

    /** Adds the numbers that the severity rests on. */
    static void addFacts(Finding.Builder finding, Course course) {
        Outcome outcome = course.outcome();
        if (Double.isFinite(outcome.end())) {
            finding.fact(Fact.of(
                    outcome.knowsSkill() ? "skill at the end" : "share of the loss gone",
                    outcome.end(),
                    Outcome.NOTHING));
        }
        if (course.yardstick().isKnown()) {
            finding.fact(Fact.of("skill of a simple model", course.yardstick().best()));
        }
    }

    /** Says it in words, with the numbers. */
    static String words(Course course) {
        String own = course.outcome().words();
        return course.outcome().knowsSkill() && course.yardstick().isKnown()
                ? own + ", where a simple model reaches "
                        + Numbers.format(course.yardstick().best())
                : own;
    }
}
