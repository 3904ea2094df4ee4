package io.gradiometer.detector;

import static io.gradiometer.Runs.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.RunBuilder;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static Outcome of(RunBuilder run) {
        Outcome outcome = new Outcome();
        run.build().steps().forEach(outcome::step);
        return outcome;
    }

    /** Rises by 0.01 in each iteration up to the twentieth of forty, by 0.002 from there. */
    private static Outcome slowingDown() {
        return of(aRun().steps(40)
                .each(s -> s.skill(0.01 * Math.min(20, s.iteration()) + 0.002 * Math.max(0, s.iteration() - 20))));
    }

    @Test
    void is_the_pace_of_the_last_half() {
        Progress late = Progress.of(slowingDown());

        assertThat(late.slope()).isCloseTo(0.002, within(1e-12));
        assertThat(late.rise()).isCloseTo(0.002 * 19, within(1e-12));
        assertThat(late.most()).isCloseTo(0.002 * 19, within(1e-12));
        assertThat(late.points()).isEqualTo(20);
    }

    @Test
    void over_all_lies_between_the_paces_of_both_halves() {
        Progress all = Progress.ofAll(slowingDown());

        assertThat(all.slope()).isBetween(0.002, 0.01);
        assertThat(all.points()).isEqualTo(40);
    }

    @Test
    void is_paced_by_the_last_quarter_where_it_is_faster() {
        Outcome leavesPlateau =
                of(aRun().steps(40).each(s -> s.skill(0.001 * s.iteration() + 0.02 * Math.max(0, s.iteration() - 30))));

        assertThat(Progress.pace(leavesPlateau)).isCloseTo(0.021, within(1e-9));
    }

    @Test
    void is_paced_by_the_last_half_where_the_last_quarter_is_slower_or_tells_too_little() {
        Outcome levelsOff = of(aRun().steps(40).each(s -> s.skill(0.01 * Math.min(30, s.iteration()))));
        Outcome shortRun =
                of(aRun().steps(16).each(s -> s.skill(0.001 * s.iteration() + 0.02 * Math.max(0, s.iteration() - 12))));

        assertThat(Progress.pace(levelsOff)).isEqualTo(Progress.of(levelsOff).slope());
        assertThat(Progress.pace(shortRun)).isEqualTo(Progress.of(shortRun).slope());
    }

    @Test
    void is_told_for_each_iteration_in_long_runs_too() {
        assertThat(Progress.of(of(aRun().steps(4_000).each(s -> s.skill(1e-4 * s.iteration()))))
                        .slope())
                .isCloseTo(1e-4, within(1e-9));
    }

    @Test
    void of_noise_may_be_none_at_the_least_and_some_at_the_most() {
        Progress late = Progress.of(of(aRun().steps(40).each(s -> s.skill(0.1 * Math.sin(7 * s.iteration())))));

        assertThat(late.rise()).isNegative();
        assertThat(late.most()).isPositive();
    }

    @Test
    void is_below_zero_where_skill_is_lost() {
        Progress late = Progress.of(of(aRun().steps(40).each(s -> s.skill(-0.01 * s.iteration()))));

        assertThat(late.most()).isCloseTo(-0.19, within(1e-12));
    }

    @Test
    void cannot_be_told_from_one_value() {
        Progress late = Progress.of(of(aRun().steps(2)));

        assertThat(late.slope()).isNaN();
        assertThat(late.rise()).isNaN();
        assertThat(late.most()).isNaN();
        assertThat(Progress.of(of(aRun().steps(3))).slope()).isFinite();
    }
}
