package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.dl4j.Rehearsal.Outcome;
import io.gradiometer.finding.Proof;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProofWriterTest {

    private static final String FINDING = "vanishing-gradient";
    private static final ProofWriter WRITER = new ProofWriter("R²", 0.8, 0.03);

    private static List<Outcome> ill(double... skills) {
        return outcomes(Set.of(FINDING), Set.of(FINDING), skills);
    }

    private static List<Outcome> well(double... skills) {
        return outcomes(Set.of(), Set.of(), skills);
    }

    private static List<Outcome> outcomes(Set<String> found, Set<String> errors, double... skills) {
        return DoubleStream.of(skills)
                .mapToObj(skill -> new Outcome(skill, found, errors, Set.of()))
                .toList();
    }

    private static Proof proof(List<Outcome> before, List<Outcome> after) {
        return WRITER.proof(FINDING, before, after, Map.of(), "");
    }

    @Test
    void cures_where_the_finding_is_gone_and_all_seeds_reach_the_linear_model() {
        Proof proof = proof(ill(0, 0.1, 0, 0.1, 0), well(0.9, 0.8, 0.9, 0.8, 0.9));

        assertThat(proof.status()).isEqualTo(Proof.Status.CURES);
        assertThat(proof.note()).isEmpty();
    }

    @Test
    void only_helps_where_the_linear_model_answers_better() {
        Proof proof = proof(ill(0, 0.1, 0, 0.1, 0), well(0.5, 0.6, 0.5, 0.6, 0.5));

        assertThat(proof.status()).isEqualTo(Proof.Status.HELPS);
        assertThat(proof.note()).isEqualTo("a linear model reaches 0.8");
    }

    @Test
    void only_helps_where_the_finding_stays() {
        assertThat(proof(ill(0, 0.1, 0, 0.1, 0), ill(0.9, 0.8, 0.9, 0.8, 0.9)).status())
                .isEqualTo(Proof.Status.HELPS);
    }

    @Test
    void one_seed_that_did_not_become_better_is_no_cure() {
        assertThat(proof(ill(0, 0, 0, 0, 0.95), well(0.95, 0.95, 0.95, 0.95, 0.94))
                        .status())
                .isNotEqualTo(Proof.Status.CURES);
    }

    @Test
    void a_finding_that_does_not_come_back_by_itself_cannot_be_cured() {
        Proof proof = proof(well(0, 0.1, 0, 0.1, 0), well(0.9, 0.8, 0.9, 0.8, 0.9));

        assertThat(proof.status()).isEqualTo(Proof.Status.HELPS);
        assertThat(proof.note()).isEqualTo("without a change the finding came back from 0 of 5 seeds");
    }

    @Test
    void a_finding_that_could_not_be_judged_is_not_gone() {
        List<Outcome> undecided = Arrays.asList(0.9, 0.8, 0.9, 0.8, 0.9).stream()
                .map(skill -> new Outcome(skill, Set.of(), Set.of(), Set.of(FINDING)))
                .toList();

        assertThat(proof(ill(0, 0.1, 0, 0.1, 0), undecided).status()).isEqualTo(Proof.Status.HELPS);
    }

    @Test
    void a_new_error_neither_cures_nor_helps() {
        List<Outcome> broken = outcomes(Set.of("dead-units"), Set.of("dead-units"), 0.9, 0.8, 0.9, 0.8, 0.9);

        Proof proof = proof(ill(0, 0.1, 0, 0.1, 0), broken);

        assertThat(proof.status()).isEqualTo(Proof.Status.UNCLEAR);
        assertThat(proof.note()).isEqualTo("with it there are new errors: dead-units");
    }

    @Test
    void has_no_effect_only_where_the_whole_interval_says_so() {
        assertThat(proof(ill(0.5, 0.5, 0.5, 0.5, 0.5), ill(0.51, 0.5, 0.49, 0.5, 0.51))
                        .status())
                .isEqualTo(Proof.Status.NO_EFFECT);
        assertThat(proof(ill(0.5, 0.5, 0.5, 0.5, 0.5), ill(0.8, 0.2, 0.6, 0.4, 0.5))
                        .status())
                .isEqualTo(Proof.Status.UNCLEAR);
    }

    @Test
    void harms_where_seeds_became_worse() {
        assertThat(proof(ill(0.5, 0.5, 0.5, 0.5, 0.5), ill(0.2, 0.1, 0.2, 0.1, 0.2))
                        .status())
                .isEqualTo(Proof.Status.HARMS);
    }

    @Test
    void a_blind_change_that_does_as_well_is_named() {
        Map<String, List<Outcome>> blind = Map.of("Adam at 0.001", well(0.85, 0.85), "plain descent at 0.1", well(0));

        Proof proof = WRITER.proof(FINDING, ill(0, 0.1, 0, 0.1, 0), well(0.9, 0.8, 0.9, 0.8, 0.9), blind, "");

        assertThat(proof.status()).isEqualTo(Proof.Status.CURES);
        assertThat(proof.note()).isEqualTo("a blind change did as well: Adam at 0.001 reaches 0.85");
    }

    @Test
    void the_interval_is_that_of_student() {
        // Differences 0.4, 0.5, 0.6, 0.5, 0.5: mean 0.5, standard error 0.0316, and t is 2.776 for four degrees of
        // freedom.
        Proof proof = proof(ill(0, 0, 0, 0, 0), ill(0.4, 0.5, 0.6, 0.5, 0.5));

        assertThat(proof.leastGain()).isCloseTo(0.5 - 2.776 * 0.03162, org.assertj.core.data.Offset.offset(1e-4));
        assertThat(proof.mostGain()).isCloseTo(0.5 + 2.776 * 0.03162, org.assertj.core.data.Offset.offset(1e-4));
    }

    @Test
    void what_works_best_comes_first_and_what_ties_keeps_its_order() {
        Proof cures = new Proof(Proof.Status.CURES, "R²", 0, 0.9);
        Proof curesAsWell = new Proof(Proof.Status.CURES, "R²", 0, 0.902);
        Proof helps = new Proof(Proof.Status.HELPS, "R²", 0, 0.5);
        Proof helpsMore = new Proof(Proof.Status.HELPS, "R²", 0, 0.7);
        Proof harms = new Proof(Proof.Status.HARMS, "R²", 0.5, 0.1);

        assertThat(Stream.of(harms, Proof.NOT_TRIED, helps, helpsMore, cures, curesAsWell)
                        .sorted(ProofWriter.bestFirst()))
                .containsExactly(cures, curesAsWell, helpsMore, helps, Proof.NOT_TRIED, harms);
    }
}
