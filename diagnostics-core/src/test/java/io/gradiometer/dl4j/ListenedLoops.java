package io.gradiometer.dl4j;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.loops.TrainingLoop;
import io.gradiometer.trace.LiveTrace;
import io.gradiometer.trace.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.deeplearning4j.nn.api.Model;

/**
 * Trains in every loop with a listener, and writes what was seen: what the agent has to see as well.
 *
 * <p>A program of its own, since an agent and a listener in one JVM share their runs.
 */
public final class ListenedLoops {

    private ListenedLoops() {}

    /**
     * Leaves one run for each loop, named after it.
     *
     * @param output the folder below which they are written
     */
    public static void main(String[] output) throws IOException {
        RunStore store = new RunStore(Path.of(output[0]), "listened");
        for (TrainingLoop loop : TrainingLoop.values()) {
            GradiometerListener listener = new GradiometerListener();
            Model model = loop.train(network -> network.addListeners(listener));
            Observation observation = Objects.requireNonNull(Observations.known(model));
            Diagnosis diagnosis = listener.diagnosis();
            if (diagnosis.run().iterations() != loop.iterations()) {
                throw new IllegalStateException(loop + ": " + diagnosis.run().iterations() + " iterations seen");
            }
            LiveTrace trace = store.open(loop.name());
            observation.writeTo(trace);
            trace.finish(folder -> diagnosis);
        }
    }
}
