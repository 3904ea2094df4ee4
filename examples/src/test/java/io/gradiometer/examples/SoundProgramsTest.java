package io.gradiometer.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SoundProgramsTest {

    @Test
    void a_number_always_draws_the_same_program() {
        for (long number = 0; number < 20; number++) {
            assertEquals(
                    SoundPrograms.draw(number).description(),
                    SoundPrograms.draw(number).description());
        }
    }

    @Test
    void programs_drawn_are_of_many_kinds() {
        for (String kind :
                new String[] {"dense", "batch norm", "residual", "convolutional", "recurrent", "LSTM", "SameDiff"}) {
            assertTrue(
                    LongStream.range(0, 100)
                            .anyMatch(number ->
                                    SoundPrograms.draw(number).description().contains(kind)),
                    kind);
        }
    }
}
