package io.gradiometer.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ShareTest {

    @Test
    void no_alarm_in_fifty_programs_proves_only_seven_percent() {
        Share none = new Share(0, 50);

        assertEquals(0, none.lower());
        assertEquals(1 - Math.pow(0.025, 1 / 50.0), none.upper(), 1e-12);
    }

    @Test
    void all_of_fifty_mirror_none_of_fifty() {
        assertEquals(1 - new Share(0, 50).upper(), new Share(50, 50).lower(), 1e-12);
        assertEquals(1, new Share(50, 50).upper());
    }

    /** The bounds are where as few, or as many, would come about with a probability of one in forty. */
    @Test
    void the_interval_of_three_in_twenty_ends_where_the_tails_of_the_binomial_hold_one_in_forty() {
        Share some = new Share(3, 20);

        assertEquals(0.025, 1 - atMost(2, 20, some.lower()), 1e-6);
        assertEquals(0.025, atMost(3, 20, some.upper()), 1e-6);
    }

    @Test
    void nothing_of_nothing_has_no_interval() {
        assertEquals("–", new Share(0, 0).withInterval());
    }

    private static double atMost(int part, int whole, double probability) {
        double sum = 0;
        double choose = 1;
        for (int i = 0; i <= part; i++) {
            sum += choose * Math.pow(probability, i) * Math.pow(1 - probability, whole - i);
            choose = choose * (whole - i) / (i + 1);
        }
        return sum;
    }
}
