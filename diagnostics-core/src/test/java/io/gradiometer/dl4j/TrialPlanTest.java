package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialPlanTest {

    @ParameterizedTest
    @CsvSource({
        "35, 1, 1, 25", // five seeds as it was, five with the remedy, fifteen of controls
        "35, 2, 2, 30",
        "35, 4, 2, 34", // four quarters and three whole ones to choose from
        "35, 8, 2, 35",
        "100, 8, 3, 40",
        "20, 1, 1, 16", // fewer controls
        "16, 2, 0, 0",
    })
    void spends_a_budget_on_as_much_certainty_as_it_buys(double budget, int candidates, int confirmed, double cost) {
        TrialPlan plan = TrialPlan.within(budget, candidates);

        assertThat(plan.confirmed()).isEqualTo(confirmed);
        assertThat(plan.cost()).isEqualTo(cost);
    }

    @Test
    void without_candidates_nothing_is_spent() {
        assertThat(TrialPlan.within(35, 0).cost()).isZero();
    }

    @Test
    void says_what_is_needed_at_least() {
        assertThat(TrialPlan.within(TrialPlan.least(4), 4).confirmed()).isEqualTo(1);
        assertThat(TrialPlan.within(TrialPlan.least(4) - 0.1, 4).confirmed()).isZero();
    }
}
