package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The blocked sums and the decomposition against the normal equations, as they stand in textbooks. */
class RidgeTest {

    private static RealMatrix slowTwin(
            double[][] columns, double[][] targets, int[] folds, int without, double penalty) {
        int learned = 0;
        for (int fold : folds) {
            learned += fold == without ? 0 : 1;
        }
        RealMatrix x = new Array2DRowRealMatrix(learned, columns[0].length + 1);
        RealMatrix y = new Array2DRowRealMatrix(learned, targets[0].length);
        int at = 0;
        for (int r = 0; r < folds.length; r++) {
            if (folds[r] != without) {
                x.setEntry(at, 0, 1);
                for (int c = 0; c < columns[r].length; c++) {
                    x.setEntry(at, c + 1, columns[r][c]);
                }
                y.setRow(at++, targets[r]);
            }
        }
        RealMatrix penalties =
                MatrixUtils.createRealIdentityMatrix(x.getColumnDimension()).scalarMultiply(penalty * learned);
        penalties.setEntry(0, 0, 0);
        RealMatrix normal = x.transpose().multiply(x).add(penalties);
        return new LUDecomposition(normal).getSolver().solve(x.transpose().multiply(y));
    }

    private static int[] folds(int rows, long seed) {
        Random random = new Random(seed);
        int[] folds = new int[rows];
        for (int r = 0; r < rows; r++) {
            folds[r] = r < SimpleModels.FOLDS ? r : random.nextInt(SimpleModels.FOLDS);
        }
        return folds;
    }

    @ParameterizedTest
    @CsvSource({"40, 1, 1, 0.001", "61, 7, 3, 0.1", "50, 70, 2, 1", "203, 33, 5, 0.01"})
    void solves_the_normal_equations(int rows, int width, int outputs, double penalty) {
        double[][] columns = Clouds.points(rows, width, 1);
        double[][] targets = Clouds.points(rows, outputs, 2);
        int[] folds = folds(rows, 3);
        Ridge ridge = new Ridge(columns, targets, folds);

        for (int without = 0; without < SimpleModels.FOLDS; without++) {
            double[][] expected =
                    slowTwin(columns, targets, folds, without, penalty).getData();
            double[][] weights = ridge.weights(without, penalty);
            for (int i = 0; i <= width; i++) {
                for (int k = 0; k < outputs; k++) {
                    assertThat(weights[i][k]).isCloseTo(expected[i][k], within(1e-9));
                }
            }
        }
    }

    @Test
    void each_row_is_predicted_by_the_model_that_has_not_seen_its_fold() {
        double[][] columns = Clouds.points(80, 3, 1);
        double[][] targets = Clouds.labels(columns, p -> new double[] {p[0] - p[2]});
        int[] folds = folds(80, 3);

        double[][] predictions = new Ridge(columns, targets, folds).heldOut();

        for (int r = 0; r < 80; r++) {
            // Without noise, the least penalty predicts best.
            RealMatrix weights = slowTwin(columns, targets, folds, folds[r], 1e-3);
            double expected = weights.getEntry(0, 0);
            for (int c = 0; c < 3; c++) {
                expected += columns[r][c] * weights.getEntry(c + 1, 0);
            }
            assertThat(predictions[r][0]).isCloseTo(expected, within(1e-9));
        }
    }

    @Test
    void noise_is_shrunk_by_the_largest_penalty() {
        double[][] columns = Clouds.points(60, 30, 1);
        double[][] targets = Clouds.points(60, 1, 2);
        int[] folds = folds(60, 3);

        double[][] predictions = new Ridge(columns, targets, folds).heldOut();

        RealMatrix weights = slowTwin(columns, targets, folds, folds[0], 1);
        double expected = weights.getEntry(0, 0);
        for (int c = 0; c < 30; c++) {
            expected += columns[0][c] * weights.getEntry(c + 1, 0);
        }
        assertThat(predictions[0][0]).isCloseTo(expected, within(1e-9));
    }
}
