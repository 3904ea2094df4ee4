package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.loops.EveryLoop;
import io.gradiometer.loops.TrainingLoop;
import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ParameterStep;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The listener in every training loop: what {@code docs/loops.md} says of it. */
class EveryLoopTest {

    @ParameterizedTest
    @EnumSource(TrainingLoop.class)
    void trains_bit_by_bit_as_without_the_listener(TrainingLoop loop) throws IOException {
        String with = EveryLoop.bits(loop, model -> model.addListeners(new GradiometerListener()));
        String without = EveryLoop.bits(loop, model -> {});

        assertThat(with).isEqualTo(without);
    }

    /** Copies parameters before and after each step, at the price of copying. */
    private static final class Copies extends BaseTrainingListener {
        final List<INDArray> before = new ArrayList<>();
        final List<INDArray> gradients = new ArrayList<>();
        final List<INDArray> after = new ArrayList<>();

        @Override
        public void onGradientCalculation(Model model) {
            // A line search asks for several gradients in an iteration: the first is the one that it started from.
            if (before.size() == after.size()) {
                before.add(model.params().dup());
                gradients.add(model.getGradientsViewArray().dup());
            }
        }

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            after.add(model.params().dup());
        }
    }

    @ParameterizedTest
    @EnumSource(TrainingLoop.class)
    void every_iteration_is_seen_with_its_gradients_and_its_step(TrainingLoop loop) throws IOException {
        Copies copies = new Copies();
        Steps[] seen = new Steps[1];
        loop.train(model -> {
            seen[0] = new Steps(model);
            model.addListeners(copies);
        });
        Steps steps = seen[0];

        assertThat(steps.all).hasSize(loop.iterations());
        List<LayerSlot> slots = steps.probe.layout().slots();
        for (int i = 0; i < steps.all.size(); i++) {
            Step step = steps.all.get(i);
            assertThat(step.full()).isTrue();
            assertThat(step.loss()).isFinite();
            for (int l = 0; l < slots.size(); l++) {
                assertSame(step, step.layers().get(l), slots.get(l), copies, i, loop);
            }
        }
    }

    private static void assertSame(
            Step step, LayerStep layer, LayerSlot slot, Copies copies, int i, TrainingLoop loop) {
        LayerView view = slot.view();
        for (int p = 0; p < view.parameters().size() && !view.frozen(); p++) {
            long from = slot.offsets().get(p);
            long length = view.parameters().get(p).length();
            ParameterStep parameter = layer.parameters().get(p);
            double divisor = view.parameters().get(p).role().descends() ? step.examples() : 1;
            assertClose(parameter.value().l2(), norm(copies.before.get(i), from, length));
            assertClose(parameter.gradient().l2(), norm(copies.gradients.get(i), from, length) / divisor);
            if (loop == TrainingLoop.LINE_SEARCH) {
                assertThat(parameter.update()).isEqualTo(TensorStats.EMPTY);
            } else {
                double moved = norm(copies.before.get(i).sub(copies.after.get(i)), from, length);
                // The difference of two floats that are close to each other has few digits left.
                assertThat(parameter.update().l2()).isCloseTo(moved, within(1e-3 * moved + 1e-6));
            }
        }
    }

    private static double norm(INDArray flat, long from, long length) {
        double squares = 0;
        for (long i = from; i < from + length; i++) {
            squares += flat.getDouble(i) * flat.getDouble(i);
        }
        return Math.sqrt(squares);
    }

    private static void assertClose(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(1e-5 * expected + 1e-12));
    }

    @Test
    void every_loop_is_in_the_table_of_the_documentation() throws IOException {
        String table = Files.readString(Path.of("../docs/loops.md"));

        for (TrainingLoop loop : TrainingLoop.values()) {
            assertThat(table).contains(loop.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }
}
