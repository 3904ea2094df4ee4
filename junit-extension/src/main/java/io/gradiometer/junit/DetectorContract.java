package io.gradiometer.junit;

import io.gradiometer.detector.Detector;
import io.gradiometer.detector.DetectorInfo;
import io.gradiometer.detector.Detectors;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.FindingIds;
import io.gradiometer.finding.Verdict;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;
import io.gradiometer.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;

/**
 * What every detector has to keep to, as tests for yours to inherit.
 *
 * <pre>{@code
 * class MyDetectorTest implements DetectorContract {
 *     @Override
 *     public Detector detector() {
 *         return new MyDetector();
 *     }
 * }
 * }</pre>
 *
 * <p>The steps are made up: networks that learn, stand still or blow up, with values that are missing, not finite or absurd. That
 * the detector finds what it is meant to find is for tests of its own; see {@link #runs()}.
 */
@API(status = API.Status.EXPERIMENTAL)
public interface DetectorContract {

    /** Returns a new detector at every call. */
    Detector detector();

    /** Returns recorded runs on which the contract is tested as well, such as those in which the detector finds something. */
    default List<Trace> runs() {
        return List.of();
    }

    /**
     * Tells whether the verdict must stay the same when the loss and its gradient are counted in another unit, as they are with
     * another loss reduction. Return false if an absolute loss is what the detector judges.
     */
    default boolean isScaleFree() {
        return true;
    }

    @Test
    default void says_what_it_is() {
        DetectorInfo info = info();
        Contract.require(
                FindingIds.isWellFormed(info.id()),
                "the id '" + info.id() + "' is not in lower case with hyphens, as in 'my-detector'");
        Contract.require(
                !info.summary().isBlank() && info.summary().lines().count() == 1,
                "the summary has to be one line that says which defect it finds");
        Contract.require(
                info.needs().length > 0,
                "'needs' is empty; name the signals that it reads, for whoever wants to know what it is based on");
        Contract.require(
                info.speaksFrom() > 0,
                "'speaksFrom' is " + info.speaksFrom() + "; nothing can be said of a run before its first step");
    }

    @Test
    default void is_found_by_the_service_loader() {
        String type = detector().getClass().getName();
        Contract.require(
                Detectors.custom().stream().anyMatch(info -> info.equals(info())),
                type + " takes part in no run: list it in META-INF/services/" + Detector.class.getName()
                        + ", make it public with a public constructor without parameters, and give it an id that neither"
                        + " Gradiometer nor another detector has");
    }

    @Test
    default void cannot_tell_before_it_has_seen_enough() {
        int needed = info().speaksFrom();
        for (Specimen specimen : specimens().toList()) {
            Detector detector = started(specimen);
            for (int seen = 0; seen < Math.min(needed, specimen.steps().size()); seen++) {
                Verdict verdict = detector.verdict();
                Contract.require(
                        verdict instanceof Verdict.Inconclusive || verdict instanceof Verdict.NotApplicable,
                        "after " + seen + " steps of " + specimen + " it says " + verdict
                                + ", but declares to speak from " + needed
                                + " on; say Inconclusive until then, for silence is not health");
                detector.step(specimen.steps().get(seen));
            }
        }
    }

    @Test
    default void concludes_the_same_however_often_it_is_asked() {
        specimens().forEach(specimen -> {
            Detector asked = started(specimen);
            for (Step step : specimen.steps()) {
                asked.step(step);
                asked.verdict();
            }
            Contract.requireEqual(
                    verdictOn(specimen),
                    asked.verdict(),
                    "it concludes otherwise of " + specimen
                            + " if asked in between; verdict() must not change its state");
            Contract.requireEqual(
                    asked.verdict(), asked.verdict(), "asked twice after " + specimen + ", it contradicts itself");
        });
    }

    @Test
    default void concludes_the_same_of_the_same_steps() {
        specimens()
                .forEach(specimen -> Contract.requireEqual(
                        verdictOn(specimen),
                        verdictOn(specimen),
                        "two of its kind disagree on " + specimen
                                + "; a verdict must not depend on clocks, chance or static state"));
    }

    @Test
    default void concludes_the_same_while_another_of_its_kind_is_at_work() {
        List<Specimen> specimens = specimens().toList();
        Specimen one = specimens.get(0);
        Specimen other = specimens.get(1);
        Detector first = started(one);
        Detector second = started(other);
        for (int i = 0; i < one.steps().size(); i++) {
            first.step(one.steps().get(i));
            second.step(other.steps().get(i));
        }
        Verdict ofFirst = first.verdict();
        Verdict ofSecond = second.verdict();
        String why = "it concludes otherwise while another run goes on; state belongs in fields that are not static";
        Contract.requireEqual(verdictOn(one), ofFirst, why);
        Contract.requireEqual(verdictOn(other), ofSecond, why);
    }

    @Test
    default void concludes_the_same_from_a_trace() {
        specimens()
                .forEach(specimen -> Contract.requireEqual(
                        verdictOn(specimen),
                        verdictOn(specimen.replayed()),
                        "from the trace of " + specimen + " it concludes otherwise than live"));
    }

    @Test
    default void stands_whatever_a_run_brings() {
        specimens().forEach(specimen -> {
            try {
                Contract.require(verdictOn(specimen) != null, "it has no verdict on " + specimen);
            } catch (RuntimeException e) {
                throw new AssertionError(
                        "it breaks on " + specimen + " with " + e
                                + "; such runs occur, so judge them or say Inconclusive",
                        e);
            }
        });
    }

    @Test
    default void reports_in_its_own_name_what_the_network_has() {
        specimens().forEach(specimen -> {
            if (verdictOn(specimen) instanceof Verdict.Found found) {
                found.findings().forEach(finding -> check(finding, specimen));
            }
        });
    }

    @Test
    default void judges_the_same_whatever_the_unit_of_the_loss() {
        if (isScaleFree()) {
            specimens()
                    .filter(Specimen::hasUnits)
                    .forEach(specimen -> Contract.requireEqual(
                            Contract.outline(verdictOn(specimen)),
                            Contract.outline(verdictOn(specimen.inOtherUnits())),
                            "of " + specimen
                                    + " it concludes otherwise when loss and gradients are eight times as large; compare"
                                    + " them with constantLoss() or with earlier ones, or override isScaleFree()"));
        }
    }

    @Test
    default void keeps_no_more_of_a_long_run_than_of_a_short_one() {
        LongRun run = new LongRun();
        Detector detector = detector();
        detector.start(run.model());
        run.feed(detector, 10_000);
        long before = Footprint.of(detector);
        run.feed(detector, 90_000);
        long after = Footprint.of(detector);
        Contract.require(
                after <= before + before / 10 + 64,
                "after 10 000 steps it holds " + before + " values, after 100 000 steps " + after
                        + "; reduce steps to numbers at once, and bound what is kept of them");
    }

    private void check(Finding finding, Specimen specimen) {
        DetectorInfo info = info();
        List<String> layers = new ArrayList<>(finding.layers());
        layers.removeAll(specimen.model().layerNames());
        Contract.require(
                finding.id().equals(info.id()),
                "it declares the id '" + info.id() + "' and reports '" + finding.id() + "'");
        Contract.require(
                finding.severity().compareTo(info.severity()) <= 0,
                "it declares " + info.severity() + " as the gravest and reports " + finding.severity());
        Contract.require(layers.isEmpty(), "it reports layers " + layers + ", which the network does not have");
        Contract.require(
                finding.iterations().first() <= finding.iterations().last(),
                "it reports " + finding.iterations() + ", which end before they begin");
    }

    private DetectorInfo info() {
        Class<?> type = detector().getClass();
        DetectorInfo info = type.getAnnotation(DetectorInfo.class);
        if (info == null) {
            throw new AssertionError(type.getName() + " has no @DetectorInfo");
        }
        return info;
    }

    private Stream<Specimen> specimens() {
        return Stream.concat(Specimen.all(), runs().stream().map(Specimen::recorded));
    }

    private Detector started(Specimen specimen) {
        Detector detector = detector();
        ModelView model = specimen.model();
        detector.start(model);
        return detector;
    }

    private Verdict verdictOn(Specimen specimen) {
        Detector detector = started(specimen);
        specimen.steps().forEach(detector::step);
        return detector.verdict();
    }
}
