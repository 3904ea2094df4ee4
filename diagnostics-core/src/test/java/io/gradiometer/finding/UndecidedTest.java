package io.gradiometer.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;

class UndecidedTest {

    @Test
    void those_that_lack_the_same_stand_together_in_the_order_in_which_it_comes_up() {
        assertThat(Undecided.byMissing(List.of(
                        new Undecided("dead-units", "12 more steps"),
                        new Undecided("overfitting", "validation scores"),
                        new Undecided("class-collapse", "12 more steps"))))
                .containsExactly(
                        entry("12 more steps", List.of("dead-units", "class-collapse")),
                        entry("validation scores", List.of("overfitting")));
    }
}
