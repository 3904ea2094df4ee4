package io.gradiometer.dl4j;

/**
 * How large the weights of one parameter are.
 *
 * @param mean of all
 * @param meanSquare of all
 * @param count that the two were read from; infinite where a formula gave them
 * @param allEqual whether no two of them differ
 */
record WeightMoments(double mean, double meanSquare, double count, boolean allEqual) {

    static WeightMoments formula(double variance) {
        return new WeightMoments(0, variance, Double.POSITIVE_INFINITY, false);
    }

    static WeightMoments of(double[] values) {
        double sum = 0;
        double squares = 0;
        boolean equal = true;
        for (double value : values) {
            sum += value;
            squares += value * value;
            equal &= value == values[0];
        }
        return new WeightMoments(sum / values.length, squares / values.length, values.length, equal);
    }

    double variance() {
        return Math.max(0, meanSquare - mean * mean);
    }

    /**
     * Tells whether weights lean to one side so far that all units of a layer do the same: theory, which takes them to be of mean
     * 0, does not speak of these.
     *
     * @param fanIn weights that meet in one unit
     */
    boolean leans(double fanIn) {
        double chance = 6 * Math.sqrt(variance() / count);
        return Math.abs(mean) > chance && mean * mean * fanIn > variance();
    }
}
