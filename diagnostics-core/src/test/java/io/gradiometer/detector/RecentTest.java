package io.gradiometer.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RecentTest {

    /** Ten iterations of calm, then these. */
    private static Growth afterCalm(double... logs) {
        Recent recent = new Recent();
        for (int i = 0; i < 10; i++) {
            recent.add(i, 0);
        }
        for (int i = 0; i < logs.length; i++) {
            recent.add(10 + i, logs[i]);
        }
        return recent.growth();
    }

    @Test
    void goes_on_after_a_size_of_zero() {
        Growth growth = afterCalm(Double.NEGATIVE_INFINITY, 1, 2, 3);

        assertThat(growth.decades()).isEqualTo(3);
        assertThat(growth.last()).isEqualTo(13);
        assertThat(growth.steady()).as("for three values only").isFalse();
    }

    @Test
    void ends_with_the_first_value_that_is_not_finite() {
        Growth growth = afterCalm(1, 2, 3, Double.NaN, 9);

        assertThat(growth.decades()).isEqualTo(3);
        assertThat(growth.last()).isEqualTo(12);
        assertThat(growth.steady()).isTrue();
    }

    @Test
    void forgets_what_is_more_than_64_values_ago() {
        Recent recent = new Recent();
        for (int i = 0; i < 200; i++) {
            recent.add(i, 0.01 * i);
        }

        assertThat(recent.growth().decades()).isCloseTo(0.63, within(1e-9));
    }
}
