package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.dl4j.Spread.Step;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SpreadTest {

    private final Spread beginning = Spread.logNormal(2, 0.04);

    private static double[] of(Spread spread, DoubleUnaryOperator function) {
        return Arrays.stream(spread.variances()).map(function).toArray();
    }

    /** A step that keeps the mean of each variance and scatters it by a tenth. */
    private static Step scattering(Spread from) {
        return Step.logNormal(from.variances(), of(from, variance -> 0.01));
    }

    @Test
    void begins_with_the_mean_and_scatter_that_are_given() {
        double mean = beginning.mean(beginning.variances());
        double square = beginning.mean(of(beginning, variance -> variance * variance));

        assertThat(mean).isCloseTo(2, within(1e-4));
        assertThat(square / (mean * mean) - 1).isCloseTo(0.04, within(1e-4));
        assertThat(beginning.deviation()).isCloseTo(Math.sqrt(Math.log(1.04)), within(1e-9));
    }

    @Test
    void steps_keep_the_mean_and_add_to_the_scatter() {
        Spread spread = beginning;
        for (int i = 0; i < 10; i++) {
            spread = spread.after(scattering(spread));
        }

        double mean = spread.mean(spread.variances());
        double square = spread.mean(of(spread, variance -> variance * variance));
        assertThat(mean).isCloseTo(2, within(1e-3));
        assertThat(square / (mean * mean)).isCloseTo(1.04 * Math.pow(1.01, 10), within(1e-3));
    }

    @Test
    void what_is_to_be_expected_is_told_for_each_value_before_the_step() {
        Step step = scattering(beginning);
        Spread next = beginning.after(step);

        double[] expected = next.expected(of(next, variance -> variance * variance), step);

        // In the middle of the values: the square of what is there, and of its scatter.
        double middle = beginning.variances()[15];
        assertThat(expected[15]).isCloseTo(middle * middle * 1.01, within(1e-3));
        assertThat(beginning.mean(expected))
                .isCloseTo(next.mean(of(next, variance -> variance * variance)), within(1e-6));
    }

    @Test
    void a_step_can_be_moved() {
        Step step = scattering(beginning);
        Spread next = beginning.after(step);
        double[] up = of(beginning, variance -> Math.log(1.1));

        double mean = beginning.mean(next.expected(next.variances(), step.moved(up)));

        assertThat(mean).isCloseTo(2.2, within(1e-3));
    }
}
