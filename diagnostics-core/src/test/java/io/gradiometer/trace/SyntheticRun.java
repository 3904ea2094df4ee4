package io.gradiometer.trace;

import io.gradiometer.NetworkBuilder;
import io.gradiometer.Runs;
import io.gradiometer.signal.DataStep;
import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.LogHistogram;
import io.gradiometer.signal.Magnitudes;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Steps of a training that never was, quickly made: everything is read in the first ones, then in every eighth. */
final class SyntheticRun {

    private static final int ALL_FULL = 20;

    private final ModelView model;
    private final List<LayerStep> unread;
    private final List<List<LayerStep>> readings = new ArrayList<>();
    private final Random noise = new Random(7);

    SyntheticRun(int layers) {
        NetworkBuilder network = Runs.aNetwork();
        for (int i = 1; i < layers; i++) {
            network.dense("dense_" + i, 100, 100, "relu");
        }
        model = network.output("out", 100, 10, "mcxent").build();
        unread = model.layers().stream().map(LayerStep::unread).toList();
        for (int i = 0; i < 16; i++) {
            double ratio = 1e-3 * (1 + i);
            readings.add(Runs.aStep(model, i)
                    .updateRatio("out", ratio)
                    .gradientRms("out", ratio)
                    .build()
                    .layers());
        }
    }

    ModelView model() {
        return model;
    }

    static boolean isFull(int iteration) {
        return iteration < ALL_FULL || iteration % 8 == 0;
    }

    Step step(int iteration) {
        boolean full = isFull(iteration);
        double loss = Math.exp(-iteration / 1000.0) + 0.1 * noise.nextDouble();
        return new Step(
                iteration,
                iteration / 100,
                32,
                loss + 0.01,
                loss,
                1.1,
                full,
                Runs.tensor(1010, 0.01 + 0.001 * noise.nextDouble()),
                full ? DataStep.of(Runs.tensor(3200, 1), Runs.tensor(320, 0.3)) : DataStep.UNREAD,
                full ? readings.get(noise.nextInt(readings.size())) : unread);
    }

    /** Histograms of every parameter in one iteration. */
    List<Magnitudes> magnitudes(int iteration) {
        LogHistogram histogram = new LogHistogram(
                -20, IntStream.range(1, 20).mapToObj(i -> (long) i * i).toList());
        List<Magnitudes> reading = new ArrayList<>();
        for (int layer = 0; layer < model.layers().size(); layer++) {
            reading.add(new Magnitudes(iteration, layer, 0, histogram, histogram, LogHistogram.NONE));
            reading.add(new Magnitudes(iteration, layer, 1, histogram, histogram, histogram));
        }
        return reading;
    }

    /** Gives a recorder so many steps, and now and then the rest. */
    void train(TraceRecorder recorder, int from, int to) {
        for (int i = from; i < to; i++) {
            recorder.keep(step(i));
            if (i % 1000 == 0) {
                recorder.keep(magnitudes(i));
            }
        }
    }

    static TensorStats broken() {
        return Runs.tensor(10, Double.NaN);
    }
}
