package io.gradiometer.junit;

/** How a training may go. */
enum Mood {
    LEARNS("learns"),
    STANDS_STILL("stands still"),
    BLOWS_UP("blows up"),
    TURNS_INTO_NAN("turns into NaN"),
    IS_INFINITE("is infinite from the start"),
    IS_NAN_ALL_OVER("is NaN all over"),
    IS_ZERO_ALL_OVER("is zero all over"),
    IS_NEAR_OVERFLOW("is near overflow"),
    IS_NOT_READ("is not read but for its loss"),
    HAS_NO_EXAMPLES("has empty batches"),
    RESTLESS("has spikes and breakdowns");

    private final String words;

    Mood(String words) {
        this.words = words;
    }

    /** Returns the loss, that of a constant guess being 1. */
    double loss(int iteration) {
        double wobble = 1 + 0.05 * Math.sin(2.4 * iteration);
        return switch (this) {
            case LEARNS, IS_NOT_READ -> (0.1 + 0.9 * Math.exp(-iteration / 20.0)) * wobble;
            case STANDS_STILL -> wobble;
            case BLOWS_UP -> Math.exp(0.2 * iteration) * wobble;
            case TURNS_INTO_NAN -> iteration < 60 ? wobble : Double.NaN;
            case IS_INFINITE -> Double.POSITIVE_INFINITY;
            case IS_NAN_ALL_OVER, HAS_NO_EXAMPLES -> Double.NaN;
            case IS_ZERO_ALL_OVER -> 0;
            case IS_NEAR_OVERFLOW -> 1e300 * wobble;
            case RESTLESS ->
                iteration % 97 == 13 ? Double.NaN : iteration % 41 == 7 ? 50 : wobble / (1 + iteration % 200);
        };
    }

    /** Returns the size of gradients. */
    double gradient(int iteration) {
        return switch (this) {
            case IS_NEAR_OVERFLOW -> 1e200;
            case IS_ZERO_ALL_OVER, HAS_NO_EXAMPLES -> 0;
            case BLOWS_UP, RESTLESS, TURNS_INTO_NAN, IS_INFINITE, IS_NAN_ALL_OVER -> 0.01 * loss(iteration);
            case LEARNS, STANDS_STILL, IS_NOT_READ -> 0.01;
        };
    }

    /** Returns the size of parameters. */
    double value(int iteration) {
        return switch (this) {
            case IS_ZERO_ALL_OVER -> 0;
            case IS_NAN_ALL_OVER, IS_INFINITE -> loss(iteration);
            case IS_NEAR_OVERFLOW -> 1e200;
            default -> 0.5;
        };
    }

    boolean isRead() {
        return this != IS_NOT_READ;
    }

    int examples() {
        return this == HAS_NO_EXAMPLES ? 0 : 32;
    }

    /** Tells whether eight times as much is another number. */
    boolean hasUnits() {
        return this == LEARNS || this == STANDS_STILL || this == BLOWS_UP || this == RESTLESS;
    }

    @Override
    public String toString() {
        return words;
    }
}
