package io.gradiometer.detector;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.Run;
import io.gradiometer.RunBuilder;
import io.gradiometer.signal.ActivationStats;
import org.junit.jupiter.api.Test;

class ActivityTrackTest {

    /** The track of the output layer. */
    private static ActivityTrack of(RunBuilder run) {
        Run built = run.build();
        ActivityTrack track = new ActivityTrack(0, built.model().layers().get(0));
        built.steps().forEach(track::step);
        return track;
    }

    private static RunBuilder classifying(int steps) {
        return aRun(aNetwork().output("out", 10, 3, "mcxent")).steps(steps);
    }

    private static ActivationStats rows(long rows, double flat) {
        return new ActivationStats(rows, 0.5, 1, 0.5, flat, 3, -1, 0, 0);
    }

    @Test
    void weighs_answers_by_the_rows_that_were_answered() {
        ActivityTrack track = of(classifying(2)
                .at(0, s -> s.outputs("out", rows(32, Double.NaN)).predicted("out", 1.0, 0.0, 0.0))
                .at(1, s -> s.outputs("out", rows(96, Double.NaN)).predicted("out", 0.0, 0.5, 0.5)));

        assertThat(track.answers()).containsExactly(0.25, 0.375, 0.375);
        assertThat(track.answeredRows()).isEqualTo(128);
    }

    @Test
    void keeps_as_many_small_batches_as_128_rows_take() {
        assertThat(of(classifying(40).each(s -> s.outputs("out", rows(8, Double.NaN))))
                        .answeredRows())
                .isEqualTo(128);
    }

    @Test
    void is_flat_from_three_quarters_on() {
        assertThat(of(classifying(5).from(2, s -> s.outputs("out", rows(32, 0.75))))
                        .flatSince())
                .isEqualTo(2);
        assertThat(of(classifying(5).from(2, s -> s.outputs("out", rows(32, 0.74))))
                        .flatSince())
                .isEqualTo(-1);
    }
}
