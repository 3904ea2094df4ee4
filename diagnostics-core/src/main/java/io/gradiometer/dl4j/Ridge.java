package io.gradiometer.dl4j;

/**
 * Least squares with a penalty on the squares of the weights, in closed form, fitted to all folds but one at a time.
 *
 * <p>Products of the columns are summed once for each fold, so leaving one out is a subtraction. The penalty that predicts the
 * first fold best serves for all. Cost: rows · columns² / 2 multiplications, and columns³ / 6 for every solution.
 */
final class Ridge {

    /** Penalties for each row, on columns of deviation 1: the last leaves little of columns that explain little. */
    private static final double[] PENALTIES = {1e-3, 1e-2, 0.1, 1};

    private static final int ROWS_AT_ONCE = 4;

    private final double[][] rows;
    private final double[][] targets;
    private final int[] folds;
    private final int width;
    private final int outputs;
    private final double[][][] products;
    private final double[][][] projections;
    private final int[] counts = new int[SimpleModels.FOLDS];

    /**
     * @param columns standardised
     * @param targets centred
     * @param folds to which each row belongs; none is empty
     */
    Ridge(double[][] columns, double[][] targets, int[] folds) {
        this.width = columns[0].length + 1;
        this.outputs = targets[0].length;
        this.rows = withConstant(columns);
        this.targets = targets;
        this.folds = folds;
        this.products = new double[SimpleModels.FOLDS][width][width];
        this.projections = new double[SimpleModels.FOLDS][width][outputs];
        sumUp();
    }

    /** A first column of ones takes up the mean of the rows that are learned from. */
    private double[][] withConstant(double[][] columns) {
        double[][] extended = new double[columns.length][width];
        for (int r = 0; r < columns.length; r++) {
            extended[r][0] = 1;
            System.arraycopy(columns[r], 0, extended[r], 1, width - 1);
        }
        return extended;
    }

    private void sumUp() {
        double[] nothing = new double[width];
        for (int fold = 0; fold < SimpleModels.FOLDS; fold++) {
            double[][] waiting = {nothing, nothing, nothing, nothing};
            for (int r = 0; r < rows.length; r++) {
                if (folds[r] == fold) {
                    waiting[counts[fold]++ % ROWS_AT_ONCE] = rows[r];
                    addTo(projections[fold], rows[r], targets[r]);
                    if (counts[fold] % ROWS_AT_ONCE == 0) {
                        addProducts(products[fold], waiting[0], waiting[1], waiting[2], waiting[3]);
                        waiting = new double[][] {nothing, nothing, nothing, nothing};
                    }
                }
            }
            addProducts(products[fold], waiting[0], waiting[1], waiting[2], waiting[3]);
        }
    }

    private static void addTo(double[][] projection, double[] row, double[] target) {
        for (int i = 0; i < row.length; i++) {
            addMultiple(projection[i], row[i], target, 0);
        }
    }

    private static void addMultiple(double[] sum, double factor, double[] values, int from) {
        for (int j = from; j < sum.length; j++) {
            sum[j] += factor * values[j];
        }
    }

    /** Four rows at once, since fetching and storing the sums takes longer than multiplying. The upper triangle is enough. */
    private static void addProducts(double[][] sums, double[] a, double[] b, double[] c, double[] d) {
        for (int i = 0; i < sums.length; i++) {
            addProducts(sums[i], i, a, b, c, d);
        }
    }

    private static void addProducts(double[] sum, int i, double[] a, double[] b, double[] c, double[] d) {
        double ai = a[i];
        double bi = b[i];
        double ci = c[i];
        double di = d[i];
        for (int j = i; j < sum.length; j++) {
            sum[j] += ai * a[j] + bi * b[j] + ci * c[j] + di * d[j];
        }
    }

    /** Returns what is predicted for each row by the model that has not seen its fold. */
    double[][] heldOut() {
        double[][] predictions = new double[rows.length][];
        double penalty = bestPenalty(predictions);
        for (int fold = 1; fold < SimpleModels.FOLDS; fold++) {
            predict(fold, penalty, predictions);
        }
        return predictions;
    }

    /** Finds the penalty on the first fold, and leaves the predictions for that fold. */
    private double bestPenalty(double[][] predictions) {
        double best = PENALTIES[0];
        double least = Double.POSITIVE_INFINITY;
        for (double penalty : PENALTIES) {
            predict(0, penalty, predictions);
            double error = error(0, predictions);
            if (error < least) {
                least = error;
                best = penalty;
            }
        }
        predict(0, best, predictions);
        return best;
    }

    private double error(int fold, double[][] predictions) {
        double error = 0;
        for (int r = 0; r < rows.length; r++) {
            if (folds[r] == fold) {
                for (int k = 0; k < outputs; k++) {
                    double difference = predictions[r][k] - targets[r][k];
                    error += difference * difference;
                }
            }
        }
        return error;
    }

    private void predict(int fold, double penalty, double[][] predictions) {
        double[][] weights = weights(fold, penalty);
        for (int r = 0; r < rows.length; r++) {
            if (folds[r] == fold) {
                double[] prediction = new double[outputs];
                for (int i = 0; i < width; i++) {
                    addMultiple(prediction, rows[r][i], weights[i], 0);
                }
                predictions[r] = prediction;
            }
        }
    }

    /** Returns the weights, a row for each column, that are learned from all folds but one. */
    double[][] weights(int without, double penalty) {
        double[][] matrix = sumOfOthers(products, without);
        double[][] solution = sumOfOthers(projections, without);
        int learned = rows.length - counts[without];
        for (int i = 1; i < width; i++) {
            matrix[i][i] += penalty * learned;
        }
        decompose(matrix);
        solve(matrix, solution);
        return solution;
    }

    private static double[][] sumOfOthers(double[][][] parts, int without) {
        double[][] sum = new double[parts[0].length][parts[0][0].length];
        for (int fold = 0; fold < parts.length; fold++) {
            if (fold != without) {
                for (int i = 0; i < sum.length; i++) {
                    addMultiple(sum[i], 1, parts[fold][i], 0);
                }
            }
        }
        return sum;
    }

    /** Cholesky's decomposition UᵀU in the upper triangle, by whole rows, which lie together in memory. */
    private static void decompose(double[][] matrix) {
        for (int k = 0; k < matrix.length; k++) {
            double[] pivot = matrix[k];
            double scale = 1 / Math.sqrt(pivot[k]);
            for (int j = k; j < matrix.length; j++) {
                pivot[j] *= scale;
            }
            for (int i = k + 1; i < matrix.length; i++) {
                addMultiple(matrix[i], -pivot[i], pivot, i);
            }
        }
    }

    private static void solve(double[][] upper, double[][] solution) {
        for (int i = 0; i < upper.length; i++) {
            divide(solution[i], upper[i][i]);
            for (int j = i + 1; j < upper.length; j++) {
                addMultiple(solution[j], -upper[i][j], solution[i], 0);
            }
        }
        for (int i = upper.length - 1; i >= 0; i--) {
            for (int j = i + 1; j < upper.length; j++) {
                addMultiple(solution[i], -upper[i][j], solution[j], 0);
            }
            divide(solution[i], upper[i][i]);
        }
    }

    private static void divide(double[] values, double divisor) {
        for (int k = 0; k < values.length; k++) {
            values[k] /= divisor;
        }
    }
}
