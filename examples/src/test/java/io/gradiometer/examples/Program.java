package io.gradiometer.examples;

import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/**
 * A training program: a network that learns a task for so long.
 *
 * @param task for a seed
 * @param design of the network
 * @param batch rows in a batch
 * @param epochs passes over all rows
 * @param validates whether it hands in a score on rows held out after each of them
 */
record Program(LongFunction<Task> task, Design design, int batch, int epochs, boolean validates) {

    /** A program that trains without validation. */
    Program(LongFunction<Task> task, Design design, int batch, int epochs) {
        this(task, design, batch, epochs, false);
    }

    Program withTask(UnaryOperator<Task> change) {
        return new Program(seed -> change.apply(task.apply(seed)), design, batch, epochs, validates);
    }

    Program withDesign(Design changed) {
        return new Program(task, changed, batch, epochs, validates);
    }

    Program withBatch(int changed) {
        return new Program(task, design, changed, epochs, validates);
    }

    Program withEpochs(int changed) {
        return new Program(task, design, batch, changed, validates);
    }

    Program validated() {
        return new Program(task, design, batch, epochs, true);
    }
}
