package io.gradiometer.detector;

import static io.gradiometer.Runs.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.Run;
import io.gradiometer.RunBuilder;
import io.gradiometer.finding.Verdict;
import io.gradiometer.signal.Yardstick;
import java.util.List;
import org.junit.jupiter.api.Test;

class CourseTest {

    private static Course of(RunBuilder builder) {
        Run run = builder.build();
        Course course = new Course(run::yardstick);
        run.feed(course::start, course::step);
        return course;
    }

    /** A network that knows exactly so much of four where a simple model knows so much of one. */
    private static Course knowing(double quarters, double simple) {
        return of(aRun().yardstick(simple).each(s -> s.constantLoss(4).loss(4 - quarters)));
    }

    @Test
    void tells_what_the_signal_loses_inside_the_layers_in_question() {
        Course course = of(aRun().each(
                        s -> s.signal("dense_0", 0.001).signal("dense_1", 0.01).signal("out", 1)));

        List<ActivityTrack> layers = course.activity();
        assertThat(course.lostSignal(layers)).isCloseTo(3, within(1e-12));
        assertThat(course.lostSignal(layers.subList(1, 2))).isCloseTo(2, within(1e-12));
        assertThat(course.lostSignal(layers.subList(2, 3))).isZero();
        assertThat(course.lostSignal(List.of())).isZero();
    }

    @Test
    void has_no_lost_signal_where_it_grows_towards_the_input() {
        Course course = of(aRun().each(s -> s.signal("dense_0", 100).signal("dense_1", 10)));

        assertThat(course.lostSignal(course.activity())).isZero();
    }

    @Test
    void is_poor_below_a_simple_model_by_more_than_a_fifth() {
        assertThat(knowing(2, 0.71).isPoor()).isTrue();
        assertThat(knowing(2, 0.69).isPoor()).isFalse();
    }

    @Test
    void is_unfinished_below_a_simple_model_until_half_is_known() {
        assertThat(knowing(1.96, 0.9).isUnfinished()).isTrue();
        assertThat(knowing(2, 0.9).isUnfinished()).isFalse();
        assertThat(knowing(1.96, 0.6).isUnfinished()).isFalse();
    }

    @Test
    void is_judged_alike_by_a_detector_that_is_alone_and_by_one_that_shares_it() {
        Run run = aRun().each(s -> s.skill(-1 - s.iteration())).build();
        Detector alone = new LossDiverging(LossDiverging.Limits.DEFAULT);
        run.feed(alone::start, alone::step);
        Detector beside = new LossDiverging(LossDiverging.Limits.DEFAULT);

        Verdict verdict = alone.verdict();

        assertThat(verdict).isInstanceOf(Verdict.Found.class);
        assertThat(verdict).isEqualTo(Examination.verdict(beside, run.model(), run.steps()));
    }

    @Test
    void is_judged_alone_without_a_simple_model_to_compare_with() {
        Run run = aRun().steps(100)
                .at(60, s -> s.gradientRms("dense_0", 1)
                        .gradientRms("dense_1", 1)
                        .gradientRms("out", 1))
                .build();
        Detector alone = new GradientSpike(GradientSpike.Limits.DEFAULT);
        run.feed(alone::start, alone::step);

        assertThat(alone.verdict())
                .isEqualTo(Examination.verdict(
                        new GradientSpike(GradientSpike.Limits.DEFAULT),
                        run.model(),
                        run.steps(),
                        Yardstick.UNKNOWN,
                        List.of()));
    }
}
