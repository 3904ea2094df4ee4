package io.gradiometer.dl4j;

/**
 * In which form a training is given its data.
 *
 * @param inputs how features are scaled
 * @param targets how labels are scaled
 * @param batch examples in a batch; 0 for the batches as they come
 * @param shuffled whether every pass draws its batches anew
 */
record DataPlan(Scaling inputs, Scaling targets, int batch, boolean shuffled) {

    static final DataPlan AS_IT_IS = new DataPlan(Scaling.NONE, Scaling.NONE, 0, false);

    /** To what columns are brought. */
    enum Scaling {
        NONE,
        /** Mean 0 and deviation 1. */
        STANDARDISED,
        /** From 0 to 1. */
        MIN_MAX
    }

    DataPlan withInputs(Scaling changed) {
        return new DataPlan(changed, targets, batch, shuffled);
    }

    DataPlan withTargets(Scaling changed) {
        return new DataPlan(inputs, changed, batch, shuffled);
    }

    DataPlan withBatch(int changed) {
        return new DataPlan(inputs, targets, changed, shuffled);
    }

    DataPlan withShuffling() {
        return new DataPlan(inputs, targets, batch, true);
    }
}
