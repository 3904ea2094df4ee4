package io.gradiometer.dl4j;

/**
 * How the variance of pre-activations is spread over random networks: the probability of some values of its logarithm, evenly
 * spaced.
 *
 * <p>Given what fed it, a sum of squares of many units is nearly log-normal; what layers make of that is not, and is followed value
 * by value. The values are few, since what is asked of them is smooth; between them, a cubic goes through the nearest four.
 */
final class Spread {

    private static final int COUNT = 31;
    private static final double FARTHEST = 4.5;

    /** Gauss-Hermite rule of seven points: those above 0, and the weight of each. */
    private static final double[] CHANCES = {0, 1.154405394739968, 2.366759410734541, 3.750439717725742};

    private static final double[] CHANCE_WEIGHTS = {
        16.0 / 35, 0.2401231786050127, 0.03075712396758651, 0.0005482688559722177
    };

    private final double centre;
    private final double deviation;
    private final double[] probabilities;

    private Spread(double centre, double deviation, double[] probabilities) {
        this.centre = centre;
        this.deviation = deviation;
        this.probabilities = probabilities;
    }

    /**
     * Returns a log-normal one.
     *
     * @param variance its mean
     * @param scatter square of its standard deviation, relative to the mean
     */
    static Spread logNormal(double variance, double scatter) {
        double square = Math.log1p(scatter);
        double[] probabilities = new double[COUNT];
        double sum = 0;
        for (int i = 0; i < COUNT; i++) {
            probabilities[i] = Math.exp(-place(i) * place(i) / 2);
            sum += probabilities[i];
        }
        return new Spread(Math.log(variance) - square / 2, Math.sqrt(square), Passage.times(probabilities, 1 / sum));
    }

    private static double place(int i) {
        return FARTHEST * (2.0 * i / (COUNT - 1) - 1);
    }

    /** A step to the next layer: from each value here to values there that are log-normal. */
    static final class Step {
        private final double[] centres;
        private final double[] deviations;

        private Step(double[] centres, double[] deviations) {
            this.centres = centres;
            this.deviations = deviations;
        }

        /**
         * Returns one that leads to known means.
         *
         * @param variances mean of what comes there, for each value here
         * @param scatters square of its standard deviation, relative to the mean
         */
        static Step logNormal(double[] variances, double[] scatters) {
            double[] centres = new double[COUNT];
            double[] deviations = new double[COUNT];
            for (int i = 0; i < COUNT; i++) {
                double square = Math.log1p(scatters[i]);
                centres[i] = Math.log(variances[i]) - square / 2;
                deviations[i] = Math.sqrt(square);
            }
            return new Step(centres, deviations);
        }

        /** Returns the same step, but with the logarithms moved. */
        Step moved(double[] shifts) {
            double[] moved = new double[COUNT];
            for (int i = 0; i < COUNT; i++) {
                moved[i] = centres[i] + shifts[i];
            }
            return new Step(moved, deviations);
        }
    }

    /** Returns the spread where a step leads. */
    Spread after(Step step) {
        double mean = mean(step.centres);
        double[] squares = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            double off = step.centres[i] - mean;
            squares[i] = off * off + step.deviations[i] * step.deviations[i];
        }
        double[] reached = new double[COUNT];
        Spread next = new Spread(mean, Math.sqrt(mean(squares)), reached);
        for (int i = 0; i < COUNT; i++) {
            double[] shares = next.shares(step.centres[i], step.deviations[i]);
            for (int j = 0; j < COUNT; j++) {
                reached[j] += probabilities[i] * shares[j];
            }
        }
        return next;
    }

    /** Returns, for each value before a step that leads here, what of a function of the values here is to be expected. */
    double[] expected(double[] function, Step step) {
        double[] expected = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            double[] shares = shares(step.centres[i], step.deviations[i]);
            for (int j = 0; j < COUNT; j++) {
                expected[i] += shares[j] * function[j];
            }
        }
        return expected;
    }

    /** Returns how much each value counts in the mean of a function over a normal logarithm. */
    private double[] shares(double logarithm, double around) {
        double[] shares = new double[COUNT];
        for (int chance = 1 - CHANCES.length; chance < CHANCES.length; chance++) {
            double off = Integer.signum(chance) * CHANCES[Math.abs(chance)] * around;
            share(logarithm + off, CHANCE_WEIGHTS[Math.abs(chance)], shares);
        }
        return shares;
    }

    /** Lagrange's cubic; what lies beyond the last value counts as lying there. */
    private void share(double logarithm, double weight, double[] shares) {
        double index = ((logarithm - centre) / deviation / FARTHEST + 1) * (COUNT - 1) / 2;
        double inside = Math.min(COUNT - 1.0, Math.max(0, index));
        int first = (int) Math.min(COUNT - 4.0, Math.max(0, Math.floor(inside) - 1));
        double x = inside - first;
        shares[first] -= weight * (x - 1) * (x - 2) * (x - 3) / 6;
        shares[first + 1] += weight * x * (x - 2) * (x - 3) / 2;
        shares[first + 2] -= weight * x * (x - 1) * (x - 3) / 2;
        shares[first + 3] += weight * x * (x - 1) * (x - 2) / 6;
    }

    /** Returns the variances whose probabilities are known. */
    double[] variances() {
        double[] variances = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            variances[i] = Math.exp(centre + deviation * place(i));
        }
        return variances;
    }

    /** Returns the standard deviation of the logarithm. */
    double deviation() {
        return deviation;
    }

    double mean(double[] function) {
        double mean = 0;
        for (int i = 0; i < COUNT; i++) {
            mean += probabilities[i] * function[i];
        }
        return mean;
    }
}
