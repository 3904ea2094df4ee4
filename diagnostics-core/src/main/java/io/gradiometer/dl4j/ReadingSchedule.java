package io.gradiometer.dl4j;

/**
 * When everything is read: in every iteration at first, where most trouble begins, and then in every few.
 *
 * <p>Depends on the number of iterations and of parameters alone, never on a clock, so that equal runs end in equal verdicts. In
 * between, the loss and the small gradients are watched in every iteration, and {@link Suspicion} has everything read at once.
 */
final class ReadingSchedule {

    /** From here on, reading everything takes as long as a good part of the iteration. */
    static final long LARGE = 1_000_000;

    private static final int WHOLE_BEGINNING = 256;
    private static final int WHOLE_BEGINNING_IF_LARGE = 64;
    private static final int EVERY = 8;
    private static final int EVERY_IF_LARGE = 32;

    private final int wholeBeginning;
    private final int every;

    private ReadingSchedule(int wholeBeginning, int every) {
        this.wholeBeginning = wholeBeginning;
        this.every = every;
    }

    /**
     * Returns the schedule of a network.
     *
     * @param exact whether the user wants everything read in every iteration, whatever that takes
     */
    static ReadingSchedule of(long parameters, boolean exact) {
        if (exact) {
            return new ReadingSchedule(0, 1);
        }
        return parameters < LARGE
                ? new ReadingSchedule(WHOLE_BEGINNING, EVERY)
                : new ReadingSchedule(WHOLE_BEGINNING_IF_LARGE, EVERY_IF_LARGE);
    }

    /** Tells whether everything is read in an iteration, counted from the first one observed. */
    boolean readsAll(int iteration) {
        return iteration < wholeBeginning || iteration % every == 0;
    }

    /** Tells whether what takes an extra pass, and is only shown, is read as well: in iterations 0, 1, 2, 4, 8, 16 … */
    static boolean readsMagnitudes(int iteration) {
        return (iteration & (iteration - 1)) == 0;
    }
}
