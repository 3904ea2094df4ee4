package io.gradiometer.detector;

import static io.gradiometer.Runs.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.RunBuilder;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    private static Outcome of(RunBuilder run) {
        Outcome outcome = new Outcome();
        run.build().steps().forEach(outcome::step);
        return outcome;
    }

    @Test
    void is_skill_where_labels_tell_it() {
        Outcome outcome = of(aRun().each(s -> s.skill(0.4)));

        assertThat(outcome.knowsSkill()).isTrue();
        assertThat(outcome.end()).isCloseTo(0.4, within(1e-12));
        assertThat(outcome.learnedNothing()).isFalse();
    }

    @Test
    void is_the_share_of_the_first_loss_that_is_gone_where_they_do_not() {
        Outcome outcome = of(
                aRun().steps(10).each(s -> s.constantLoss(Double.NaN).loss(2)).from(5, s -> s.loss(0.5)));

        assertThat(outcome.knowsSkill()).isFalse();
        assertThat(outcome.end()).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void does_not_hang_on_one_noisy_batch_at_the_end_of_a_long_run() {
        Outcome outcome = of(aRun().steps(1_000).each(s -> s.skill(0.8)).at(999, s -> s.skill(-3)));

        assertThat(outcome.end()).isGreaterThan(0.7);
    }

    @Test
    void has_fallen_when_a_fifth_of_all_there_is_to_know_is_lost() {
        assertThat(of(aRun().each(s -> s.skill(0.9)).from(40, s -> s.skill(0.5)))
                        .fell())
                .isTrue();
        assertThat(of(aRun().each(s -> s.skill(0.9)).from(40, s -> s.skill(0.8)))
                        .fell())
                .isFalse();
    }

    @Test
    void has_fallen_at_the_earliest_after_twenty_iterations() {
        RunBuilder falling = aRun().each(s -> s.skill(0.9)).from(10, s -> s.skill(0.5));

        assertThat(of(falling.steps(20)).fell()).isTrue();
        assertThat(of(falling.steps(19)).fell()).isFalse();
    }

    @Test
    void has_not_fallen_where_nothing_was_ever_known() {
        assertThat(of(aRun().steps(30).each(s -> s.skill(-1))).fell()).isFalse();
    }

    @Test
    void of_a_lost_loss_is_nothing() {
        Outcome outcome = of(aRun().from(49, s -> s.loss(Double.NaN)));

        assertThat(outcome.end()).isNaN();
        assertThat(outcome.learnedNothing()).isTrue();
        assertThat(outcome.endsFinite()).isFalse();
    }

    @Test
    void of_a_loss_that_may_be_negative_is_told_by_a_constant_that_may_be() {
        Outcome outcome = of(aRun().each(s -> s.constantLoss(-0.3).loss(-0.6)));

        assertThat(outcome.end()).isCloseTo(1, within(1e-12));
        assertThat(outcome.learnedNothing()).isFalse();
    }

    @Test
    void is_neither_success_nor_failure_where_it_cannot_be_told() {
        Outcome outcome = of(aRun().each(s -> s.constantLoss(Double.NaN).loss(-0.6)));

        assertThat(outcome.end()).isNaN();
        assertThat(outcome.learnedNothing()).isFalse();
        assertThat(outcome.words()).contains("cannot be told");
    }

    @Test
    void has_not_fallen_because_one_batch_was_lucky() {
        assertThat(of(aRun().each(s -> s.skill(s.iteration() % 10 == 0 ? 1 : 0.3)))
                        .fell())
                .isFalse();
    }

    @Test
    void of_no_training_is_nothing() {
        assertThat(of(aRun().steps(0)).learnedNothing()).isTrue();
    }
}
