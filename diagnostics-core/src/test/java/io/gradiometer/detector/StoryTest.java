package io.gradiometer.detector;

import static io.gradiometer.finding.Severity.ERROR;
import static io.gradiometer.finding.Severity.INFO;
import static io.gradiometer.finding.Severity.WARNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoryTest {

    private static final String RATE = "learning-rate-too-high";
    private static final String INPUT = "unscaled-input";
    private static final String WEIGHTS = "poor-initialization";

    private static Finding.Builder builder(String id, Severity severity, double confidence) {
        return Finding.of(id, severity, "It is so.")
                .confidence(confidence)
                .remedy(Remedy.untried("lower-learning-rate", "lower it", ""));
    }

    private static Finding found(String id, Severity severity) {
        return found(id, severity, 1);
    }

    private static Finding found(String id, Severity severity, double confidence) {
        return builder(id, severity, confidence).build();
    }

    /** Says which causes lead to which symptoms: {@code "cause>symptom"}. */
    private static List<Finding> story(List<Finding> findings, String... links) {
        Set<String> known = Set.of(links);
        return Story.of(findings, (cause, symptom) -> known.contains(cause + ">" + symptom));
    }

    private static List<String> ids(List<Finding> findings) {
        return findings.stream().map(Finding::id).toList();
    }

    @Test
    void tells_symptoms_first_and_the_worst_of_them_first() {
        List<Finding> findings = List.of(
                found(RATE, ERROR),
                found("dead-units", INFO),
                found("loss-oscillating", WARNING),
                found("loss-diverging", ERROR));

        assertThat(ids(story(findings))).containsExactly("loss-diverging", "loss-oscillating", "dead-units", RATE);
    }

    @Test
    void tells_of_equally_grave_symptoms_in_the_order_of_the_list_of_ids_and_leaves_equally_likely_causes() {
        List<Finding> findings = List.of(
                found("class-collapse", ERROR),
                found("exploding-gradient", ERROR),
                found(RATE, ERROR, 0.9),
                found(WEIGHTS, ERROR, 0.9));

        assertThat(ids(story(findings))).containsExactly("exploding-gradient", "class-collapse", RATE, WEIGHTS);
    }

    @Test
    void proposes_what_cures_the_likeliest_cause_before_the_symptoms_own_remedies() {
        Finding symptom = found("loss-diverging", ERROR);
        Finding cause = Finding.of(RATE, ERROR, "Steps are too long.")
                .remedy(Remedy.untried("lower-learning-rate", "lower it: 0.1 → 0.01", ""))
                .remedy(Remedy.untried("clip-l2-per-layer", "clip", ""))
                .build();

        Finding told = story(List.of(symptom, cause), RATE + ">loss-diverging").get(0);

        assertThat(told.remedies()).extracting(Remedy::id).doesNotHaveDuplicates();
        assertThat(told.remedies().get(0).summary()).isEqualTo("lower it: 0.1 → 0.01");
        assertThat(story(List.of(told, cause), RATE + ">loss-diverging").get(0).remedies())
                .isEqualTo(told.remedies());
    }

    @Test
    void names_the_likeliest_cause_first() {
        List<Finding> findings =
                List.of(found("loss-diverging", ERROR), found(RATE, ERROR, 0.7), found(INPUT, ERROR, 0.9));
        List<Finding> story = story(findings, RATE + ">loss-diverging", INPUT + ">loss-diverging");

        assertThat(ids(story)).containsExactly("loss-diverging", INPUT, RATE);
        assertThat(story.get(0).because()).containsExactly(INPUT, RATE);
    }

    @Test
    void names_only_causes_that_lead_to_the_symptom() {
        List<Finding> findings = List.of(
                found("loss-diverging", ERROR),
                found("class-collapse", ERROR),
                found(RATE, ERROR, 0.9),
                found(WEIGHTS, ERROR, 0.8));
        List<Finding> story = story(findings, RATE + ">loss-diverging", WEIGHTS + ">class-collapse");

        assertThat(story.get(0).because()).containsExactly(RATE);
        assertThat(story.get(1).because()).containsExactly(WEIGHTS);
        assertThat(story.get(2).because()).isEmpty();
    }

    @Test
    void prefers_the_cause_that_explains_all_to_one_that_is_a_little_surer() {
        List<Finding> findings = List.of(
                found("loss-diverging", ERROR),
                found("dead-units", WARNING),
                found(RATE, ERROR, 0.9),
                found(INPUT, ERROR, 0.7));

        assertThat(ids(story(findings, RATE + ">loss-diverging", INPUT + ">loss-diverging", INPUT + ">dead-units")))
                .containsExactly("loss-diverging", "dead-units", INPUT, RATE);
    }

    @Test
    void prefers_the_much_surer_cause_to_one_that_explains_all() {
        List<Finding> findings = List.of(
                found("loss-diverging", ERROR),
                found("dead-units", WARNING),
                found(INPUT, ERROR, 0.65),
                found(RATE, ERROR, 0.9));

        assertThat(ids(story(findings, RATE + ">loss-diverging", INPUT + ">loss-diverging", INPUT + ">dead-units")))
                .containsExactly("loss-diverging", "dead-units", RATE, INPUT);
    }

    @Test
    void does_not_hold_a_note_left_unexplained_against_a_cause() {
        List<Finding> findings = List.of(
                found("loss-diverging", ERROR),
                found("dead-units", INFO),
                found(RATE, ERROR, 0.9),
                found(INPUT, ERROR, 0.7));

        assertThat(ids(story(findings, RATE + ">loss-diverging", INPUT + ">loss-diverging", INPUT + ">dead-units")))
                .containsExactly("loss-diverging", "dead-units", RATE, INPUT);
    }

    @Test
    void goes_by_confidence_alone_where_nothing_is_grave() {
        List<Finding> findings = List.of(found("dead-units", INFO), found(RATE, INFO, 0.7), found(INPUT, INFO, 0.75));

        assertThat(ids(story(findings, RATE + ">dead-units"))).containsExactly("dead-units", INPUT, RATE);
    }

    @Test
    void tells_causes_that_do_no_harm_last_however_sure_they_are() {
        List<Finding> findings =
                List.of(found("loss-diverging", ERROR), found(INPUT, INFO, 1), found(RATE, WARNING, 0.1));

        assertThat(ids(story(findings, INPUT + ">loss-diverging"))).containsExactly("loss-diverging", RATE, INPUT);
    }

    @Test
    void does_not_blame_a_cause_that_does_no_harm_for_what_is_grave() {
        List<Finding> findings =
                List.of(found("loss-diverging", ERROR), found("dead-units", INFO), found(INPUT, INFO, 0.9));
        List<Finding> story = story(findings, INPUT + ">loss-diverging", INPUT + ">dead-units");

        assertThat(story.get(0).because()).isEmpty();
        assertThat(story.get(1).because()).containsExactly(INPUT);
    }

    @Test
    void blames_a_grave_cause_for_what_does_no_harm() {
        List<Finding> findings = List.of(found("dead-units", INFO), found(RATE, ERROR));

        assertThat(story(findings, RATE + ">dead-units").get(0).because()).containsExactly(RATE);
    }

    @Test
    void leaves_causes_that_a_symptom_names_itself_in_front_and_names_none_twice() {
        Finding symptom = builder("exploding-gradient", ERROR, 1)
                .because(WEIGHTS)
                .because(RATE)
                .build();
        List<Finding> story = story(
                List.of(symptom, found(INPUT, ERROR, 0.95), found(RATE, ERROR, 0.9)),
                INPUT + ">exploding-gradient",
                RATE + ">exploding-gradient");

        assertThat(story.get(0).because()).containsExactly(WEIGHTS, RATE, INPUT);
    }

    @Test
    void of_nothing_is_empty() {
        assertThat(story(List.of())).isEmpty();
    }
}
