package io.gradiometer.dl4j;

/**
 * Turns predictions of a regression into probabilities, by two numbers that are fitted to the other folds: pre-outputs are
 * {@code sharpness · prediction + trust · log-odds of the label's share}. Sharpness 0 and trust 1 are the best constant.
 */
final class Calibration {

    private static final int MOST_ROUNDS = 25;
    private static final double CLOSE_ENOUGH = 1e-6;

    /** Keeps the numbers finite where the classes are told apart without an error. */
    private static final double PENALTY = 1e-3;

    private final double[][] labels;
    private final double[][] predictions;
    private final double[] priors;
    private final boolean exclusive;
    private final int[] folds;
    private final double constantLoss;

    // Of one look at all rows but those of a fold.
    private double loss;
    private double slopeOfSharpness;
    private double slopeOfTrust;
    private double bendOfSharpness;
    private double bendOfBoth;
    private double bendOfTrust;

    /**
     * @param labels shares between 0 and 1
     * @param means of the labels
     * @param predictions of the labels less their means
     * @param exclusive whether the labels of a row add up to 1
     * @param folds of the rows
     */
    Calibration(double[][] labels, double[] means, double[][] predictions, boolean exclusive, int[] folds) {
        this.labels = labels;
        this.exclusive = exclusive;
        this.folds = folds;
        this.priors = new double[means.length];
        this.predictions = new double[labels.length][means.length];
        double entropy = 0;
        for (int k = 0; k < means.length; k++) {
            // Half an example more of each answer keeps logarithms finite.
            double share = (means[k] * labels.length + 0.5) / (labels.length + 1);
            priors[k] = exclusive ? Math.log(share) : Math.log(share / (1 - share));
            entropy += exclusive ? -timesLog(means[k]) : -timesLog(means[k]) - timesLog(1 - means[k]);
            // The place between no and yes is the same for all labels, wherever their means lie.
            double origin = exclusive ? means[k] : means[k] - 0.5;
            for (int r = 0; r < labels.length; r++) {
                this.predictions[r][k] = predictions[r][k] + origin;
            }
        }
        this.constantLoss = entropy * labels.length;
    }

    private static double timesLog(double share) {
        return share <= 0 ? 0 : share * Math.log(share);
    }

    /** Returns the summed loss of the constant that fits all rows best. */
    double constantLoss() {
        return constantLoss;
    }

    /** Returns the summed loss of all rows, each answered by numbers that were fitted without its fold. */
    double heldOutLoss() {
        double sum = 0;
        for (int fold = 0; fold < SimpleModels.FOLDS; fold++) {
            double[] fitted = fitWithout(fold);
            for (int r = 0; r < labels.length; r++) {
                if (folds[r] == fold) {
                    loss = 0;
                    look(r, fitted[0], fitted[1]);
                    sum += loss;
                }
            }
        }
        return sum;
    }

    /** Newton's method with shortened steps, on a convex function of two numbers. */
    private double[] fitWithout(int fold) {
        double sharpness = 0;
        double trust = 1;
        double here = lookAtOthers(fold, sharpness, trust);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double determinant = bendOfSharpness * bendOfTrust - bendOfBoth * bendOfBoth;
            double stepOfSharpness = (bendOfBoth * slopeOfTrust - bendOfTrust * slopeOfSharpness) / determinant;
            double stepOfTrust = (bendOfBoth * slopeOfSharpness - bendOfSharpness * slopeOfTrust) / determinant;
            double length = 1;
            double there = lookAtOthers(fold, sharpness + stepOfSharpness, trust + stepOfTrust);
            while (there > here && length > CLOSE_ENOUGH) {
                length /= 2;
                there = lookAtOthers(fold, sharpness + length * stepOfSharpness, trust + length * stepOfTrust);
            }
            sharpness += length * stepOfSharpness;
            trust += length * stepOfTrust;
            if (here - there < CLOSE_ENOUGH * Math.abs(here)) {
                break;
            }
            here = there;
        }
        // Predictions that point the wrong way are chance: turned round, they would pretend to know something.
        return sharpness > 0 ? new double[] {sharpness, trust} : new double[] {0, 1};
    }

    private double lookAtOthers(int fold, double sharpness, double trust) {
        slopeOfSharpness = PENALTY * sharpness;
        slopeOfTrust = PENALTY * (trust - 1);
        bendOfSharpness = PENALTY;
        bendOfBoth = 0;
        bendOfTrust = PENALTY;
        loss = PENALTY / 2 * (sharpness * sharpness + (trust - 1) * (trust - 1));
        for (int r = 0; r < labels.length; r++) {
            if (folds[r] != fold) {
                look(r, sharpness, trust);
            }
        }
        return loss;
    }

    /** Adds a row to the loss, its slopes and its bends. */
    private void look(int row, double sharpness, double trust) {
        if (exclusive) {
            lookAtClasses(labels[row], predictions[row], sharpness, trust);
        } else {
            lookAtFlags(labels[row], predictions[row], sharpness, trust);
        }
    }

    private void lookAtClasses(double[] label, double[] prediction, double sharpness, double trust) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < label.length; k++) {
            largest = Math.max(largest, sharpness * prediction[k] + trust * priors[k]);
        }
        double total = 0;
        double meanPrediction = 0;
        double meanPrior = 0;
        double squaredPrediction = 0;
        double both = 0;
        double squaredPrior = 0;
        for (int k = 0; k < label.length; k++) {
            double z = sharpness * prediction[k] + trust * priors[k] - largest;
            double mass = Math.exp(z);
            total += mass;
            meanPrediction += mass * prediction[k];
            meanPrior += mass * priors[k];
            squaredPrediction += mass * prediction[k] * prediction[k];
            both += mass * prediction[k] * priors[k];
            squaredPrior += mass * priors[k] * priors[k];
            loss -= label[k] * z;
            slopeOfSharpness -= label[k] * prediction[k];
            slopeOfTrust -= label[k] * priors[k];
        }
        meanPrediction /= total;
        meanPrior /= total;
        loss += Math.log(total);
        slopeOfSharpness += meanPrediction;
        slopeOfTrust += meanPrior;
        bendOfSharpness += squaredPrediction / total - meanPrediction * meanPrediction;
        bendOfBoth += both / total - meanPrediction * meanPrior;
        bendOfTrust += squaredPrior / total - meanPrior * meanPrior;
    }

    private void lookAtFlags(double[] label, double[] prediction, double sharpness, double trust) {
        for (int k = 0; k < label.length; k++) {
            double z = sharpness * prediction[k] + trust * priors[k];
            double yes = 1 / (1 + Math.exp(-z));
            // log(1 + e^z) without overflow.
            loss += Math.max(0, z) + Math.log1p(Math.exp(-Math.abs(z))) - label[k] * z;
            double error = yes - label[k];
            double bend = yes * (1 - yes);
            slopeOfSharpness += error * prediction[k];
            slopeOfTrust += error * priors[k];
            bendOfSharpness += bend * prediction[k] * prediction[k];
            bendOfBoth += bend * prediction[k] * priors[k];
            bendOfTrust += bend * priors[k] * priors[k];
        }
    }
}
