package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimpleModelsTest {

    private static SimpleModels.Skills fit(double[][] points, double[][] labels, LabelKind kind) {
        return SimpleModels.fit(Clouds.samples(points, labels), kind);
    }

    private static double[] circle(double[] point) {
        boolean inside = Math.hypot(point[0], point[1]) < 1.18;
        return Clouds.oneHot(inside ? 1 : 0, 2);
    }

    private static double[][] moved(double[][] points, double[][] labels, double distance) {
        double[][] moved = new double[points.length][];
        for (int r = 0; r < points.length; r++) {
            moved[r] = points[r].clone();
            for (int k = 0; k < labels[r].length; k++) {
                moved[r][k] += distance * labels[r][k];
            }
        }
        return moved;
    }

    private static double[][] randomClasses(int rows, int classes, long seed) {
        Random random = new Random(seed);
        double[][] labels = new double[rows][];
        for (int r = 0; r < rows; r++) {
            labels[r] = Clouds.oneHot(random.nextInt(classes), classes);
        }
        return labels;
    }

    @Test
    void only_the_flexible_model_learns_a_circle() {
        double[][] points = Clouds.points(1000, 2, 1);

        SimpleModels.Skills skills = fit(points, Clouds.labels(points, SimpleModelsTest::circle), LabelKind.SHARES);

        assertThat(skills.linear()).isBetween(-0.05, 0.05);
        assertThat(skills.flexible()).isGreaterThan(0.6);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 200, 2000})
    void the_linear_model_tells_separate_classes_apart(int rows) {
        double[][] labels = randomClasses(rows, 3, 5);
        double[][] points = moved(Clouds.points(rows, 4, 2), labels, 6);

        SimpleModels.Skills skills = fit(points, labels, LabelKind.SHARES);

        assertThat(skills.linear()).isGreaterThan(0.8);
        assertThat(skills.flexible()).isGreaterThan(0.6);
    }

    @ParameterizedTest
    @EnumSource(
            value = LabelKind.class,
            names = {"SHARES", "FLAGS", "NUMBERS"})
    void neither_learns_random_labels(LabelKind kind) {
        for (int rows : new int[] {40, 150, 800}) {
            for (int seed = 0; seed < 20; seed++) {
                double[][] labels = randomClasses(rows, 2 + seed % 3, 100 + seed);

                SimpleModels.Skills skills = fit(Clouds.points(rows, 6, seed), labels, kind);

                assertThat(skills.linear())
                        .as("linear, %d rows, seed %d", rows, seed)
                        .isBetween(-0.3, 0.1);
                assertThat(skills.flexible())
                        .as("flexible, %d rows, seed %d", rows, seed)
                        .isBetween(-0.3, 0.1);
            }
        }
    }

    @Test
    void random_labels_of_wide_inputs_are_not_learned_by_heart() {
        SimpleModels.Skills skills = fit(Clouds.points(120, 200, 8), randomClasses(120, 2, 9), LabelKind.SHARES);

        assertThat(skills.linear()).isLessThan(0.1);
        assertThat(skills.flexible()).isLessThan(0.1);
    }

    @Test
    void rare_classes_leave_the_skill_of_a_constant_at_nothing() {
        double[][] labels = new double[400][];
        for (int r = 0; r < labels.length; r++) {
            labels[r] = Clouds.oneHot(r % 50 == 0 ? 1 : 0, 2);
        }

        SimpleModels.Skills skills = fit(Clouds.points(400, 3, 4), labels, LabelKind.SHARES);

        assertThat(skills.linear()).isBetween(-0.2, 0.1);
    }

    @Test
    void a_rare_class_that_lies_apart_is_found() {
        double[][] labels = new double[1000][];
        for (int r = 0; r < labels.length; r++) {
            labels[r] = Clouds.oneHot(r % 21 == 0 ? 1 : 0, 2);
        }

        SimpleModels.Skills skills = fit(moved(Clouds.points(1000, 3, 4), labels, 5), labels, LabelKind.SHARES);

        assertThat(skills.linear()).isGreaterThan(0.6);
    }

    @Test
    void a_linear_quantity_is_predicted_up_to_its_noise_whatever_its_scale() {
        double[][] points = Clouds.points(500, 3, 6);
        Random noise = new Random(7);
        double[][] labels = Clouds.labels(
                points, p -> new double[] {1e8 + 1e6 * (2 * p[0] - p[1] + noise.nextGaussian() * Math.sqrt(1.25))});

        SimpleModels.Skills skills = fit(points, labels, LabelKind.NUMBERS);

        // Variance 5 of the signal, 1.25 of the noise.
        assertThat(skills.linear()).isBetween(0.74, 0.84);
    }

    @Test
    void inputs_may_have_any_scale_and_constant_columns() {
        double[][] points = Clouds.points(300, 3, 6);
        double[][] labels = Clouds.labels(points, p -> new double[] {p[0] + p[1]});
        for (double[] point : points) {
            point[0] = 1e6 * point[0] + 1e7;
            point[1] *= 1e-5;
            point[2] = 3;
        }

        assertThat(fit(points, labels, LabelKind.NUMBERS).linear()).isGreaterThan(0.99);
    }

    @Test
    void several_flags_are_predicted_each_by_itself() {
        double[][] points = Clouds.points(800, 3, 6);
        double[][] labels = Clouds.labels(points, p -> new double[] {p[0] > 0 ? 1 : 0, p[1] > 1 ? 1 : 0, 0});

        SimpleModels.Skills skills = fit(points, labels, LabelKind.FLAGS);

        assertThat(skills.linear()).isGreaterThan(0.6);
    }

    @Test
    void class_numbers_are_classes_and_not_quantities() {
        double[][] classes = randomClasses(400, 3, 5);
        double[][] points = moved(Clouds.points(400, 4, 2), classes, 6);
        double[][] numbers = Clouds.labels(classes, c -> new double[] {c[1] + 2 * c[2]});

        SimpleModels.Skills skills = fit(points, numbers, LabelKind.CLASS_NUMBER);

        assertThat(skills).isEqualTo(fit(points, classes, LabelKind.SHARES));
    }

    @Test
    void labels_that_are_no_shares_are_judged_as_numbers() {
        double[][] points = Clouds.points(200, 2, 6);
        double[][] labels = Clouds.labels(points, p -> new double[] {3 * p[0], 1 - p[1]});

        assertThat(fit(points, labels, LabelKind.SHARES)).isEqualTo(fit(points, labels, LabelKind.NUMBERS));
    }

    @Test
    void one_class_alone_is_judged_as_a_flag() {
        double[][] points = Clouds.points(200, 2, 6);
        double[][] labels = Clouds.labels(points, p -> new double[] {p[0] > 0 ? 1 : 0});

        assertThat(fit(points, labels, LabelKind.SHARES)).isEqualTo(fit(points, labels, LabelKind.FLAGS));
    }

    @ParameterizedTest
    @EnumSource(LabelKind.class)
    void labels_that_never_change_tell_nothing(LabelKind kind) {
        double[][] points = Clouds.points(100, 2, 6);

        SimpleModels.Skills skills = fit(points, Clouds.labels(points, p -> new double[] {1, 0}), kind);

        assertThat(skills).isEqualTo(SimpleModels.Skills.UNKNOWN);
    }

    @Test
    void few_rows_tell_nothing() {
        double[][] points = Clouds.points(39, 2, 6);

        SimpleModels.Skills skills = fit(points, Clouds.labels(points, p -> new double[] {p[0]}), LabelKind.NUMBERS);

        assertThat(skills).isEqualTo(SimpleModels.Skills.UNKNOWN);
    }

    @Test
    void equal_inputs_explain_nothing() {
        double[][] labels = randomClasses(100, 2, 3);

        SimpleModels.Skills skills = fit(new double[100][4], labels, LabelKind.SHARES);

        assertThat(skills.linear()).isBetween(-0.1, 0.05);
    }
}
