package io.gradiometer.loops;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Trains in every loop, and prints of each what came out: a number for all bits that a program can compare. */
public final class EveryLoop {

    private EveryLoop() {}

    public static void main(String[] arguments) throws IOException {
        for (TrainingLoop loop : TrainingLoop.values()) {
            System.out.println(loop + " " + bits(loop, model -> {}).hashCode());
        }
    }

    /** What is done to a network before it trains. */
    public interface Preparation {
        void prepare(Model model);
    }

    /** Trains, and returns parameters, updater state, score and the next random numbers, to the last bit. */
    public static String bits(TrainingLoop loop, Preparation preparation) throws IOException {
        Nd4j.getRandom().setSeed(7);
        Model model = loop.train(preparation::prepare);
        return TrainingLoop.state(model).stream()
                        .map(array -> Arrays.toString(array.data().asFloat()))
                        .collect(Collectors.joining("\n"))
                + model.score()
                + Arrays.toString(Nd4j.rand(DataType.FLOAT, 4).data().asFloat());
    }
}
