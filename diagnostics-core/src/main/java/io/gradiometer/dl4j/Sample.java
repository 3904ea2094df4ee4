package io.gradiometer.dl4j;

/** One row of inputs with its labels, kept on the heap for simple models to learn from. */
final class Sample {

    final float[] inputs;
    final float[] labels;

    /** Equal for equal inputs, as they were before they were brought down to fewer columns. */
    final long inputKey;

    /** Part of the rows that it is held out with; rows of one example share theirs. */
    final int fold;

    Sample(float[] inputs, float[] labels, long inputKey, int fold) {
        this.inputs = inputs;
        this.labels = labels;
        this.inputKey = inputKey;
        this.fold = fold;
    }
}
