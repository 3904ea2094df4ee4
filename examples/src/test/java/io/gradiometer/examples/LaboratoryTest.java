package io.gradiometer.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The short version of the laboratory: every pair once, and a few programs drawn by chance. */
class LaboratoryTest {

    private static final int DRAWN = 10;

    private static Accuracy accuracy = new Accuracy();

    @BeforeAll
    static void trains_every_pair_and_a_few_programs_drawn() throws InterruptedException {
        PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        accuracy = Laboratory.measure(1, DRAWN, 0, silent);
    }

    @Test
    void every_faulty_program_does_worse_than_its_healthy_twin_on_rows_held_out() {
        assertEquals(List.of(), accuracy.left());
        assertEquals(Catalogue.all().size(), accuracy.faulty().size());
    }

    @Test
    void enough_programs_drawn_by_chance_are_healthy() {
        assertEquals(DRAWN, accuracy.healthyDrawn());
        assertTrue(accuracy.drawn() <= 3 * DRAWN, () -> accuracy.drawn() + " were drawn");
    }
}
