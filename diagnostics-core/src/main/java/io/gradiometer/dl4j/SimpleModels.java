package io.gradiometer.dl4j;

import java.util.List;

/** What a linear and a flexible model learn from some examples, each judged on rows that were held out from it. */
final class SimpleModels {

    /** Each is held out once, while the models learn from the others. */
    static final int FOLDS = 4;

    /** Fewer tell nothing. */
    static final int FEWEST_ROWS = 40;

    private SimpleModels() {}

    /**
     * Skills on held-out rows: 1 − loss / loss of the best constant.
     *
     * @param linear of a ridge regression
     * @param flexible of one on random features
     */
    record Skills(double linear, double flexible) {
        static final Skills UNKNOWN = new Skills(Double.NaN, Double.NaN);
    }

    /** Fits both models. Costs some hundred milliseconds where rows and columns are as many as are ever kept. */
    static Skills fit(List<Sample> samples, LabelKind kind) {
        int[] folds = samples.stream().mapToInt(sample -> sample.fold).toArray();
        Targets targets = Targets.of(samples, kind);
        boolean enough = samples.size() >= FEWEST_ROWS && everyFoldHasRows(folds);
        if (!enough || !targets.vary()) {
            return Skills.UNKNOWN;
        }
        double[][] columns = standardised(samples);
        return new Skills(
                skill(columns, targets, folds),
                skill(RandomFeatures.of(columns, RandomFeatures.fitting(columns.length)), targets, folds));
    }

    private static boolean everyFoldHasRows(int[] folds) {
        boolean[] filled = new boolean[FOLDS];
        for (int fold : folds) {
            filled[fold] = true;
        }
        for (boolean any : filled) {
            if (!any) {
                return false;
            }
        }
        return true;
    }

    private static double skill(double[][] columns, Targets targets, int[] folds) {
        return targets.skill(new Ridge(columns, targets.values(), folds).heldOut(), folds);
    }

    private static double[][] standardised(List<Sample> samples) {
        double[][] columns = new double[samples.size()][];
        for (int r = 0; r < columns.length; r++) {
            float[] inputs = samples.get(r).inputs;
            columns[r] = new double[inputs.length];
            for (int c = 0; c < inputs.length; c++) {
                columns[r][c] = inputs[c];
            }
        }
        Columns.standardise(columns);
        return columns;
    }
}
