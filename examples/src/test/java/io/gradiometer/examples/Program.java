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
 */
record Program(LongFunction<Task> task, Design design, int batch, int epochs) {

    Program withTask(UnaryOperator<Task> change) {
        return new Program(seed -> change.apply(task.apply(seed)), design, batch, epochs);
    }

    Program withDesign(Design changed) {
        return new Program(task, changed, batch, epochs);
    }

    Program withBatch(int changed) {
        return new Program(task, design, changed, epochs);
    }

    Program withEpochs(int changed) {
        return new Program(task, design, batch, changed);
    }
}
