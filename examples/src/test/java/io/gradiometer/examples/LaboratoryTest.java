package io.gradiometer.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradiometer.detector.DetectorInfo;
import io.gradiometer.detector.Detectors;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The short version of the laboratory: every pair once, and a few programs drawn by chance. The limits are those of the long one
 * (see {@link Laboratory}), whose numbers are the ones to be trusted.
 */
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
        assertTrue(accuracy.drawn() <= 4 * DRAWN, () -> accuracy.drawn() + " were drawn");
    }

    @Test
    void at_least_95_percent_of_the_faulty_programs_are_detected() {
        assertTrue(
                accuracy.detected().value() >= 0.95,
                () -> accuracy.detected() + ", not "
                        + those(judged -> judged.example().isGrave() && !judged.isDetected(), Judged::missed));
    }

    /** The list is that of the registry: a new detector needs a program that raises it. */
    @Test
    void every_finding_has_a_faulty_program_that_raises_it() {
        List<String> unseen = Detectors.catalogue().stream()
                .map(DetectorInfo::id)
                .filter(id -> !accuracy.isShown(id))
                .toList();

        assertEquals(List.of(), unseen);
    }

    @Test
    void what_is_worth_a_note_is_noted_in_the_faulty_program_and_not_in_its_twin() {
        assertEquals("", those(judged -> !judged.unnoted().isEmpty(), Judged::unnoted));
        for (Pair pair : accuracy.pairs()) {
            pair.example()
                    .noted()
                    .forEach(id -> assertFalse(
                            pair.sound().found().contains(id),
                            () -> pair.sound().program() + " raises " + id));
        }
    }

    @Test
    void at_least_80_percent_of_what_is_expected_is_found() {
        assertTrue(
                accuracy.labels().value() >= 0.8,
                () -> accuracy.labels() + ", not "
                        + those(judged -> !judged.missed().isEmpty(), Judged::missed));
    }

    @Test
    void at_most_15_percent_of_the_alarms_on_faulty_programs_do_not_belong_to_the_fault() {
        assertTrue(
                accuracy.spurious().value() <= 0.15,
                () -> accuracy.spurious() + ": "
                        + those(judged -> !judged.spurious().isEmpty(), Judged::spurious));
    }

    @Test
    void at_least_75_percent_of_the_causes_that_stand_first_are_right() {
        assertTrue(
                accuracy.firstCause().value() >= 0.75,
                () -> accuracy.firstCause()
                        + ", not "
                        + those(judged -> judged.hasCause() && !judged.isFirstCauseRight(), judged -> judged.run()
                                .alarms()));
    }

    @Test
    void at_most_2_percent_of_the_healthy_programs_raise_an_alarm() {
        List<Run> healthy = accuracy.healthy().toList();

        Share alarmed = Accuracy.alarmed(healthy);

        assertTrue(
                alarmed.value() <= 0.02,
                () -> alarmed
                        + healthy.stream()
                                .filter(run -> !run.alarms().isEmpty())
                                .map(run ->
                                        "\n  " + run.program() + ", seed or number " + run.seed() + ": " + run.alarms())
                                .collect(Collectors.joining()));
    }

    private static String those(Predicate<Judged> property, Function<Judged, Object> what) {
        return accuracy.faulty().stream()
                .filter(property)
                .map(judged -> "\n  " + judged.example().id() + ": " + what.apply(judged))
                .collect(Collectors.joining());
    }
}
