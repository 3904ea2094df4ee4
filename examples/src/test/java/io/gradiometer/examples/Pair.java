package io.gradiometer.examples;

/**
 * What became of an example: of its faulty and of its healthy half, trained with the same seed.
 *
 * @param example the same
 * @param sick run of its faulty program
 * @param sound run of its healthy twin
 */
record Pair(Example example, Run sick, Run sound) {

    /** How much of what can be reached the healthy half must know. */
    private static final double HEALTHY = 0.5;

    /** How much of what can be reached the healthy half must be ahead. */
    private static final double LEAD = 0.15;

    /** Tells whether the healthy half learned, and clearly more than the faulty one; nothing but rows held out is asked. */
    boolean isClear() {
        double possible = sound.reference() - sound.trivial();
        return sound.score() - sound.trivial() >= HEALTHY * possible && sound.score() - sick.score() >= LEAD * possible;
    }

    Judged judged() {
        return new Judged(example, sick);
    }
}
