package io.gradiometer.signal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class YardstickTest {

    @Test
    void the_better_model_is_the_yardstick() {
        assertThat(new Yardstick(100, 0.2, 0.7, 1, false).best()).isEqualTo(0.7);
        assertThat(new Yardstick(100, 0.4, 0.3, 1, false).best()).isEqualTo(0.4);
    }

    @Test
    void nothing_is_known_without_skills() {
        assertThat(Yardstick.UNKNOWN.isKnown()).isFalse();
        assertThat(Yardstick.UNKNOWN.best()).isNaN();
        assertThat(new Yardstick(100, 0.2, 0.7, 1, false).isKnown()).isTrue();
    }
}
