package io.gradiometer.dl4j;

import java.util.List;

/**
 * What a budget is spent on, in lengths of the diagnosed training.
 *
 * <p>First all candidates for a quarter of their length, then the best three to their end, from other seeds; the best of those are
 * confirmed on {@link #SEEDS} seeds more, beside the training as it was and blind controls. Candidates that all fit are not chosen
 * from.
 *
 * @param candidates that there are to choose from
 * @param confirmed how many candidates are confirmed
 * @param controlSeeds from how many seeds blind controls are trained
 */
record TrialPlan(int candidates, int confirmed, int controlSeeds) {

    /** All of them better by chance has a probability of 1/32. */
    static final int SEEDS = 5;

    static final int CONTROLS = 3;
    static final double PREFIX = 0.25;
    static final int FINALISTS = 3;
    private static final int FEWEST_CONTROL_SEEDS = 2;

    /** Returns the best use of a budget; confirms nothing where it is too small. */
    static TrialPlan within(double budget, int candidates) {
        for (int controlSeeds : List.of(SEEDS, FEWEST_CONTROL_SEEDS)) {
            for (int confirmed = Math.min(candidates, FINALISTS); confirmed > 0; confirmed--) {
                TrialPlan plan = new TrialPlan(candidates, confirmed, controlSeeds);
                if (plan.cost() <= budget) {
                    return plan;
                }
            }
        }
        return new TrialPlan(candidates, 0, 0);
    }

    /** Returns the least budget that can tell anything of so many candidates. */
    static double least(int candidates) {
        return new TrialPlan(candidates, 1, FEWEST_CONTROL_SEEDS).cost();
    }

    boolean chooses() {
        return confirmed > 0 && candidates > confirmed;
    }

    int finalists() {
        return Math.min(candidates, FINALISTS);
    }

    private double costOfChoosing() {
        return chooses() ? PREFIX * candidates + finalists() : 0;
    }

    /** Returns the cost with candidates that are as long as the diagnosed training. */
    double cost() {
        return confirmed == 0 ? 0 : costOfChoosing() + SEEDS * (1.0 + confirmed) + CONTROLS * controlSeeds;
    }

    /** Returns the cost of confirming a longer training, whose controls get the same length. */
    static double costOfLonger(double length) {
        return length * (SEEDS + CONTROLS * FEWEST_CONTROL_SEEDS);
    }

    /** Returns the greatest length that a longer training can have. */
    static double lengthWithin(double budget) {
        return budget / (SEEDS + CONTROLS * FEWEST_CONTROL_SEEDS);
    }

    static int seedsOfLongControls() {
        return FEWEST_CONTROL_SEEDS;
    }
}
