package io.gradiometer.dl4j;

import java.util.List;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * What trials learn from and are judged on: frozen after preprocessing, and never changed.
 *
 * @param training in the order of the diagnosed training
 * @param heldOut seen by no training
 * @param iterations of the diagnosed training
 * @param epochs of the diagnosed training
 * @param iterationsPerBatch more than 1 where training cuts series into pieces
 */
record TrialData(
        List<MultiDataSet> training, List<MultiDataSet> heldOut, int iterations, int epochs, int iterationsPerBatch) {

    TrialData {
        training = List.copyOf(training);
        heldOut = List.copyOf(heldOut);
    }

    int trainingExamples() {
        return training.stream().mapToInt(Batches::examples).sum();
    }

    int heldOutExamples() {
        return heldOut.stream().mapToInt(Batches::examples).sum();
    }

    /** Returns how many examples the diagnosed training saw. */
    long examplesSeen() {
        double batches = (double) iterations / iterationsPerBatch;
        return Math.max(1, Math.round(batches * trainingExamples() / training.size()));
    }

    /** Returns which share of the diagnosed training was over after an iteration. */
    double shareAt(int iteration) {
        return Math.min(1, (iteration + 1.0) / iterations);
    }
}
