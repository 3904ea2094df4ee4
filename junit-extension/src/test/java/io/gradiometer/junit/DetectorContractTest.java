package io.gradiometer.junit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradiometer.detector.Detector;
import io.gradiometer.detector.DetectorInfo;
import io.gradiometer.detector.Signal;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;
import io.gradiometer.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every promise of the contract is broken once. */
class DetectorContractTest {

    /** Says that the loss is high where it is above that of a constant guess; keeps to the contract. */
    @DetectorInfo(
            id = "high-loss",
            summary = "A loss above that of a constant guess",
            severity = Severity.WARNING,
            needs = Signal.LOSS,
            speaksFrom = 3)
    static class HighLoss implements Detector {

        int steps;
        double excess;

        @Override
        public void start(ModelView model) {}

        @Override
        public void step(Step step) {
            steps++;
            excess = step.loss() / step.constantLoss();
        }

        @Override
        public Verdict verdict() {
            if (steps < 3) {
                return new Verdict.Inconclusive("more iterations");
            }
            return excess > 1.5 ? found("high-loss", Severity.WARNING, "") : new Verdict.Clear(steps);
        }

        static Verdict found(String id, Severity severity, String layer) {
            return Verdict.Found.one(Finding.of(id, severity, "The loss is high.")
                    .layers(layer.isEmpty() ? List.of() : List.of(layer))
                    .remedy(Remedy.untried("wait", "Wait.", ""))
                    .build());
        }
    }

    private static void keeps(Supplier<Detector> maker, Consumer<DetectorContract> promise) {
        assertThatCode(() -> promise.accept(maker::get)).doesNotThrowAnyException();
    }

    private static void breaks(Supplier<Detector> maker, Consumer<DetectorContract> promise, String saying) {
        assertThatThrownBy(() -> promise.accept(maker::get))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(saying);
    }

    @Test
    void a_detector_that_keeps_to_it_passes() {
        keeps(HighLoss::new, DetectorContract::says_what_it_is);
        keeps(HighLoss::new, DetectorContract::cannot_tell_before_it_has_seen_enough);
        keeps(HighLoss::new, DetectorContract::concludes_the_same_of_the_same_steps);
        keeps(HighLoss::new, DetectorContract::concludes_the_same_however_often_it_is_asked);
        keeps(HighLoss::new, DetectorContract::concludes_the_same_while_another_of_its_kind_is_at_work);
        keeps(HighLoss::new, DetectorContract::concludes_the_same_from_a_trace);
        keeps(HighLoss::new, DetectorContract::stands_whatever_a_run_brings);
        keeps(HighLoss::new, DetectorContract::reports_in_its_own_name_what_the_network_has);
        keeps(HighLoss::new, DetectorContract::judges_the_same_whatever_the_unit_of_the_loss);
        keeps(HighLoss::new, DetectorContract::keeps_no_more_of_a_long_run_than_of_a_short_one);
    }

    @Nested
    class Fails {

        @Test
        void what_says_nothing_of_itself() {
            Supplier<Detector> anonymous = () -> new HighLoss() {};

            breaks(anonymous, DetectorContract::says_what_it_is, "has no @DetectorInfo");
        }

        @Test
        void what_the_service_loader_does_not_find() {
            breaks(
                    HighLoss::new,
                    DetectorContract::is_found_by_the_service_loader,
                    "list it in META-INF/services/io.gradiometer.detector.Detector");
        }

        @DetectorInfo(id = "hasty", summary = "s", severity = Severity.INFO, needs = Signal.LOSS, speaksFrom = 5)
        static final class Hasty extends HighLoss {}

        @Test
        void what_speaks_before_its_time() {
            breaks(Hasty::new, DetectorContract::cannot_tell_before_it_has_seen_enough, "after 3 steps");
        }

        @DetectorInfo(id = "high-loss", summary = "s", severity = Severity.INFO, needs = Signal.LOSS, speaksFrom = 3)
        static final class Forgetful extends HighLoss {
            @Override
            public Verdict verdict() {
                Verdict verdict = super.verdict();
                steps = 0;
                return verdict;
            }
        }

        @Test
        void what_is_changed_by_asking() {
            breaks(
                    Forgetful::new,
                    DetectorContract::concludes_the_same_however_often_it_is_asked,
                    "verdict() must not change its state");
        }

        @DetectorInfo(id = "high-loss", summary = "s", severity = Severity.INFO, needs = Signal.LOSS, speaksFrom = 3)
        static final class Moody extends HighLoss {
            static int made;
            private final int number = made++;

            @Override
            public Verdict verdict() {
                return new Verdict.Clear(number);
            }
        }

        @Test
        void what_does_not_depend_on_the_run_alone() {
            breaks(Moody::new, DetectorContract::concludes_the_same_of_the_same_steps, "two of its kind disagree");
        }

        @DetectorInfo(id = "high-loss", summary = "s", severity = Severity.INFO, needs = Signal.LOSS, speaksFrom = 3)
        static final class Shared extends HighLoss {
            static double worst;

            @Override
            public void start(ModelView model) {
                worst = 0;
            }

            @Override
            public void step(Step step) {
                worst += step.loss();
            }

            @Override
            public Verdict verdict() {
                return new Verdict.Inconclusive("more than " + worst);
            }
        }

        @Test
        void what_shares_its_state_with_others_of_its_kind() {
            breaks(
                    Shared::new,
                    DetectorContract::concludes_the_same_while_another_of_its_kind_is_at_work,
                    "state belongs in fields that are not static");
        }

        @DetectorInfo(id = "high-loss", summary = "s", severity = Severity.INFO, needs = Signal.LOSS, speaksFrom = 3)
        static final class ByIdentity extends HighLoss {
            @Override
            public void step(Step step) {
                steps += System.identityHashCode(step);
            }

            @Override
            public Verdict verdict() {
                return new Verdict.Clear(steps);
            }
        }

        @Test
        void what_looks_at_more_than_values() {
            breaks(ByIdentity::new, DetectorContract::concludes_the_same_from_a_trace, "otherwise than live");
        }

        @DetectorInfo(id = "high-loss", summary = "s", severity = Severity.INFO, needs = Signal.LOSS, speaksFrom = 3)
        static final class TakesLayersForGranted extends HighLoss {
            @Override
            public void step(Step step) {
                step.layers().get(0);
            }
        }

        @Test
        void what_breaks_on_a_run_that_may_occur() {
            breaks(
                    TakesLayersForGranted::new,
                    DetectorContract::stands_whatever_a_run_brings,
                    "it breaks on a network without layers that learns with java.lang.");
        }

        @DetectorInfo(id = "other-id", summary = "s", severity = Severity.WARNING, needs = Signal.LOSS, speaksFrom = 3)
        static final class Poses extends HighLoss {}

        @Test
        void what_reports_under_another_id() {
            breaks(
                    Poses::new,
                    DetectorContract::reports_in_its_own_name_what_the_network_has,
                    "it declares the id 'other-id' and reports 'high-loss'");
        }

        @DetectorInfo(id = "high-loss", summary = "s", severity = Severity.INFO, needs = Signal.LOSS, speaksFrom = 3)
        static final class Graver extends HighLoss {}

        @Test
        void what_reports_more_than_it_declares() {
            breaks(
                    Graver::new,
                    DetectorContract::reports_in_its_own_name_what_the_network_has,
                    "it declares INFO as the gravest and reports WARNING");
        }

        @DetectorInfo(id = "high-loss", summary = "s", severity = Severity.INFO, needs = Signal.LOSS, speaksFrom = 3)
        static final class Lost extends HighLoss {
            @Override
            public Verdict verdict() {
                return found("high-loss", Severity.INFO, "nowhere");
            }
        }

        @Test
        void what_reports_a_layer_that_is_not_there() {
            breaks(Lost::new, DetectorContract::reports_in_its_own_name_what_the_network_has, "layers [nowhere]");
        }

        @DetectorInfo(id = "high-loss", summary = "s", severity = Severity.WARNING, needs = Signal.LOSS, speaksFrom = 3)
        static final class Absolute extends HighLoss {
            @Override
            public void step(Step step) {
                steps++;
                excess = step.loss();
            }
        }

        @Test
        void what_judges_by_the_unit_of_the_loss_unless_it_says_so() {
            breaks(
                    Absolute::new,
                    DetectorContract::judges_the_same_whatever_the_unit_of_the_loss,
                    "override isScaleFree()");
            DetectorContract saysSo = new DetectorContract() {
                @Override
                public Detector detector() {
                    return new Absolute();
                }

                @Override
                public boolean isScaleFree() {
                    return false;
                }
            };
            assertThatCode(saysSo::judges_the_same_whatever_the_unit_of_the_loss)
                    .doesNotThrowAnyException();
        }

        @DetectorInfo(id = "high-loss", summary = "s", severity = Severity.WARNING, needs = Signal.LOSS, speaksFrom = 3)
        static final class Hoarder extends HighLoss {
            private final List<Double> losses = new ArrayList<>();

            @Override
            public void step(Step step) {
                if (step.iteration() % 50 == 0) {
                    losses.add(step.loss());
                }
            }
        }

        @Test
        void what_keeps_something_of_every_epoch() {
            breaks(
                    Hoarder::new,
                    DetectorContract::keeps_no_more_of_a_long_run_than_of_a_short_one,
                    "reduce steps to numbers at once");
        }
    }

    @Test
    void recorded_runs_are_tried_as_well() {
        List<Trace> given = new ArrayList<>();
        DetectorContract contract = new DetectorContract() {
            @Override
            public Detector detector() {
                return new HighLoss() {
                    @Override
                    public void start(ModelView model) {
                        if (model.kind().equals("recorded")) {
                            throw new IllegalStateException("that one");
                        }
                    }
                };
            }

            @Override
            public List<Trace> runs() {
                return given;
            }
        };
        assertThatCode(contract::stands_whatever_a_run_brings).doesNotThrowAnyException();

        given.add(new Trace(new ModelView("recorded", List.of(), 0, "FLOAT", "", 0), List.of(), List.of(), 0, true));

        assertThatThrownBy(contract::stands_whatever_a_run_brings).hasMessageContaining("it breaks on a recorded run");
    }
}
