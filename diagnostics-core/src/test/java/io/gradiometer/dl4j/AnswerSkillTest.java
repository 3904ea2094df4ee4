package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnswerSkillTest {

    private static List<double[]> rows(double[]... rows) {
        return List.of(rows);
    }

    private static List<double[]> column(double... values) {
        return java.util.Arrays.stream(values).mapToObj(v -> new double[] {v}).toList();
    }

    private static final List<double[]> CLASSES =
            rows(new double[] {1, 0}, new double[] {1, 0}, new double[] {1, 0}, new double[] {0, 1});

    @Test
    void classes_are_told_from_flags_and_numbers_by_the_labels_and_not_by_the_loss() {
        assertThat(AnswerSkill.of(CLASSES, LabelKind.NUMBERS).kind()).isEqualTo(LabelKind.SHARES);
        assertThat(AnswerSkill.of(rows(new double[] {1, 1}, new double[] {0, 0}), LabelKind.SHARES)
                        .kind())
                .isEqualTo(LabelKind.FLAGS);
        assertThat(AnswerSkill.of(column(0, 1, 1), LabelKind.NUMBERS).kind()).isEqualTo(LabelKind.FLAGS);
        assertThat(AnswerSkill.of(column(0, 1, 2), LabelKind.NUMBERS).kind()).isEqualTo(LabelKind.NUMBERS);
        assertThat(AnswerSkill.of(column(0, 1, 2), LabelKind.CLASS_NUMBER).kind())
                .isEqualTo(LabelKind.CLASS_NUMBER);
    }

    @Test
    void what_is_always_right_has_all_skill_and_what_is_always_the_same_none() {
        AnswerSkill skill = AnswerSkill.of(CLASSES, LabelKind.SHARES);

        assertThat(skill.skill(CLASSES, CLASSES)).isEqualTo(1);
        assertThat(skill.skill(
                        Stream.generate(() -> new double[] {0.9, 0.1}).limit(4).toList(), CLASSES))
                .isZero();
    }

    @Test
    void agreement_counts_beyond_that_of_chance() {
        List<double[]> answers =
                rows(new double[] {0.6, 0.4}, new double[] {1, 0}, new double[] {0, 1}, new double[] {0, 1});

        // Three of four agree; by chance (1/2 · 3/4 + 1/2 · 1/4) would: (0.75 − 0.5) / (1 − 0.5).
        assertThat(AnswerSkill.of(CLASSES, LabelKind.SHARES).skill(answers, CLASSES))
                .isCloseTo(0.5, within(1e-12));
    }

    @Test
    void quantities_are_explained_in_part() {
        AnswerSkill skill = new AnswerSkill(LabelKind.NUMBERS);

        assertThat(skill.skill(column(1, 2, 3), column(1, 2, 3))).isEqualTo(1);
        assertThat(skill.skill(column(2, 2, 2), column(1, 2, 3))).isZero();
        assertThat(skill.skill(column(1.5, 2, 2.5), column(1, 2, 3))).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void nothing_is_worse_than_minus_one_and_answers_that_are_no_numbers_are_that() {
        AnswerSkill skill = new AnswerSkill(LabelKind.NUMBERS);

        assertThat(skill.skill(column(1e9, 2, 3), column(1, 2, 3))).isEqualTo(-1);
        assertThat(skill.skill(column(Double.NaN, 2, 3), column(1, 2, 3))).isEqualTo(-1);
    }

    @Test
    void equal_labels_tell_nothing() {
        assertThat(new AnswerSkill(LabelKind.NUMBERS).skill(column(1, 2), column(3, 3)))
                .isNaN();
        assertThat(new AnswerSkill(LabelKind.CLASS_NUMBER).skill(CLASSES, column(1, 1, 1, 1)))
                .isNaN();
    }
}
