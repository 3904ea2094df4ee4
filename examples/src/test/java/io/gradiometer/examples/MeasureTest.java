package io.gradiometer.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MeasureTest {

    private static final double[][] CLASSES = {{1, 0}, {1, 0}, {1, 0}, {0, 1}};

    @Test
    void always_naming_the_common_class_is_trivial() {
        double[][] always = {{0.9, 0.1}, {0.9, 0.1}, {0.9, 0.1}, {0.9, 0.1}};

        assertEquals(0.75, Measure.CLASSES.score(always, CLASSES));
        assertEquals(0.75, Measure.CLASSES.trivial(CLASSES));
        assertEquals(0.5, Measure.BALANCED_CLASSES.score(always, CLASSES));
        assertEquals(0.5, Measure.BALANCED_CLASSES.trivial(CLASSES));
    }

    @Test
    void an_answer_that_is_not_a_number_is_wrong() {
        double[][] broken = {{Double.NaN, 0}, {0, Double.NaN}, {1, 0}, {0, 1}};

        assertEquals(0.5, Measure.CLASSES.score(broken, CLASSES));
        assertEquals(
                0.25, Measure.BITS.score(new double[][] {{Double.NaN, 0}, {1, 1}}, new double[][] {{1, 1}, {1, 0}}));
        assertEquals(-1, Measure.NUMBERS.score(new double[][] {{Double.NaN}, {2}}, new double[][] {{1}, {2}}));
    }

    @Test
    void bits_count_one_by_one() {
        double[][] truth = {{1, 0}, {1, 1}};

        assertEquals(0.75, Measure.BITS.score(new double[][] {{0.6, 0.4}, {0.6, 0.4}}, truth));
        assertEquals(0.75, Measure.BITS.trivial(truth));
    }

    @Test
    void the_mean_explains_nothing_and_the_truth_everything() {
        double[][] truth = {{1}, {2}, {6}};

        assertEquals(0, Measure.NUMBERS.score(new double[][] {{3}, {3}, {3}}, truth));
        assertEquals(1, Measure.NUMBERS.score(truth, truth));
    }
}
