package io.gradiometer.dl4j;

/**
 * When everything is read: in every iteration at first, where most trouble begins, and then in every few.
 *
 * <p>Parameters follow from steps: from one step to the next they hardly move, so that under {@code exact}, which reads every
 * gradient and every step, their numbers are those of at most seven iterations ago.
 *
 * <p>Depends on the number of iterations and of parameters alone, never on a clock, so that equal runs end in equal verdicts. In
 * between, the loss and the small gradients are watched in every iteration, and {@link Suspicion} has everything read at once.
 */
final class ReadingSchedule {

    private static final long MEDIUM = 100_000;
    private static final long LARGE = 1_000_000;
    private static final int VALUES_EVERY = 8;

    private final int wholeBeginning;
    private final int every;
    private final boolean exact;

    private ReadingSchedule(int wholeBeginning, int every, boolean exact) {
        this.wholeBeginning = wholeBeginning;
        this.every = every;
        this.exact = exact;
    }

    /**
     * Returns the schedule of a network. The more parameters there are to read, beside the examples that are computed with, the
     * larger a part of an iteration reading takes.
     *
     * @param exact whether the user wants every gradient and step read in every iteration, whatever that takes
     */
    static ReadingSchedule of(long parameters, boolean exact) {
        if (parameters < MEDIUM) {
            return new ReadingSchedule(256, 8, exact);
        }
        return new ReadingSchedule(parameters < LARGE ? 256 : 64, 32, exact);
    }

    /** Tells whether everything is read in an iteration, counted from the first one observed. */
    boolean readsAll(int iteration) {
        return exact || readsActivations(iteration);
    }

    /** Tells whether the parameters themselves are read afresh in an iteration in which everything else is. */
    boolean readsValues(int iteration) {
        return readsActivations(iteration) || iteration % VALUES_EVERY == 0;
    }

    /** Tells whether activations, of which only a part is ever read, are read as well. */
    boolean readsActivations(int iteration) {
        return iteration < wholeBeginning || iteration % every == 0;
    }

    /** Tells whether what takes an extra pass, and is only shown, is read as well: in iterations 0, 1, 2, 4, 8, 16 … */
    static boolean readsMagnitudes(int iteration) {
        return (iteration & (iteration - 1)) == 0;
    }
}
