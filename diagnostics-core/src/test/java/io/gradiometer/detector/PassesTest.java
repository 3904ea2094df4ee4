package io.gradiometer.detector;

import static io.gradiometer.Runs.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.RunBuilder;
import org.junit.jupiter.api.Test;

class PassesTest {

    private static Passes of(RunBuilder run) {
        Passes passes = new Passes();
        run.build().steps().forEach(passes::step);
        return passes;
    }

    /** Passes of four iterations, with losses 0, 2, 4, 6 plus ten times the number of the pass. */
    private static RunBuilder ofFour(int steps) {
        return aRun().steps(steps)
                .each(s -> s.epoch(s.iteration() / 4).loss(10 * (s.iteration() / 4) + 2 * (s.iteration() % 4)));
    }

    @Test
    void are_the_means_of_what_belongs_together() {
        Passes passes = of(ofFour(12));

        assertThat(passes.passes()).isEqualTo(3);
        assertThat(passes.last()).extracting(Passes.Pass::mean).containsExactly(3.0, 13.0, 23.0);
        assertThat(passes.last()).extracting(Passes.Pass::iterations).containsOnly(4L);
    }

    @Test
    void weigh_a_small_last_batch_by_its_examples() {
        Passes passes = of(ofFour(4).each(s -> s.examples(30)).at(3, s -> s.examples(10)));

        assertThat(passes.last()).extracting(Passes.Pass::mean).containsExactly((0 + 2 + 4) * 0.3 + 6 * 0.1);
    }

    @Test
    void count_from_whatever_epoch_a_network_goes_on_with() {
        assertThat(of(ofFour(8).each(s -> s.epoch(70 + s.iteration() / 4))).passes())
                .isEqualTo(2);
    }

    @Test
    void leave_out_a_last_one_that_is_shorter_than_half() {
        assertThat(of(ofFour(9)).last()).hasSize(2);
        assertThat(of(ofFour(9)).passes()).isEqualTo(3);
    }

    @Test
    void keep_a_last_one_of_half_the_length() {
        assertThat(of(ofFour(10)).last()).extracting(Passes.Pass::mean).containsExactly(3.0, 13.0, 21.0);
    }

    @Test
    void keep_a_first_one_however_short() {
        assertThat(of(ofFour(1)).last()).hasSize(1);
    }

    @Test
    void are_made_of_finite_losses_alone() {
        Passes passes = of(ofFour(8).at(1, s -> s.loss(Double.NaN)).at(2, s -> s.loss(Double.POSITIVE_INFINITY)));

        assertThat(passes.last()).extracting(Passes.Pass::mean).containsExactly(3.0, 13.0);
        assertThat(passes.last()).extracting(Passes.Pass::iterations).containsExactly(2L, 4L);
    }

    @Test
    void without_a_finite_loss_are_none() {
        assertThat(of(ofFour(8).each(s -> s.loss(Double.NaN))).last()).isEmpty();
    }

    @Test
    void are_kept_in_bounded_number_the_latest_ones() {
        Passes passes = of(aRun().steps(300).each(s -> s.epoch(s.iteration()).loss(s.iteration())));

        assertThat(passes.passes()).isEqualTo(300);
        assertThat(passes.last()).hasSizeBetween(128, 129);
        assertThat(passes.last().get(passes.last().size() - 1).mean()).isEqualTo(299);
    }
}
