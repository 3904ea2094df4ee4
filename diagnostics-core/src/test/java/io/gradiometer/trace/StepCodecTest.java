package io.gradiometer.trace;

import static io.gradiometer.Runs.aNetwork;
import static io.gradiometer.Runs.aStep;
import static io.gradiometer.Runs.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradiometer.signal.ActivationStats;
import io.gradiometer.signal.ColumnStats;
import io.gradiometer.signal.DataStep;
import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.LogHistogram;
import io.gradiometer.signal.Magnitudes;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.ParameterStep;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever was measured comes back as it was, bit for bit. */
class StepCodecTest {

    private static final ModelView MODEL =
            aNetwork().dense("dense_0", 2, 2, "relu").output("out", 2, 2, "mse").build();

    private static final TensorStats ODD =
            new TensorStats(Long.MAX_VALUE, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, Long.MIN_VALUE, -1);

    private static final List<LayerStep> UNREAD =
            MODEL.layers().stream().map(LayerStep::unread).toList();

    private final StepCodec codec = new StepCodec(MODEL);

    private Step through(Step step) {
        return codec.readStep(ByteBuffer.wrap(bytes(step)));
    }

    private byte[] bytes(Step step) {
        Bytes out = new Bytes(1);
        codec.write(out, step);
        return out.copy();
    }

    private static Step step(boolean full, TensorStats watched, DataStep data, List<LayerStep> layers) {
        return new Step(-3, 7, 0, Double.NaN, -0.0, Double.NEGATIVE_INFINITY, full, watched, data, layers);
    }

    @Test
    void a_full_step_comes_back() {
        Step step = aStep(MODEL, 5).gradient("out", "b", tensor(2, Double.NaN)).build();

        assertThat(through(step)).isEqualTo(step);
    }

    @Test
    void a_step_of_which_the_loss_alone_was_read_comes_back_and_takes_few_bytes() {
        List<LayerStep> unread = MODEL.layers().stream().map(LayerStep::unread).toList();
        Step step = step(false, tensor(4, 0.1), DataStep.UNREAD, unread);

        assertThat(through(step)).isEqualTo(step);
        assertThat(bytes(step)).hasSizeLessThan(80);
    }

    @Test
    void a_step_that_names_no_layers_has_read_none() {
        Step full = step(true, TensorStats.EMPTY, DataStep.UNREAD, List.of());

        assertThat(through(full)).isEqualTo(step(true, TensorStats.EMPTY, DataStep.UNREAD, UNREAD));
    }

    @Test
    void whatever_was_read_of_a_layer_comes_back() {
        ActivationStats outputs = new ActivationStats(3, 0.1, 0.2, 0.3, Double.NaN, 7, -1, 300, 2);
        TensorStats some = tensor(4, 0.5);
        TensorStats none = TensorStats.EMPTY;
        LayerStep first = new LayerStep(
                Double.NaN,
                outputs,
                List.of(),
                List.of(
                        new ParameterStep(ODD, some, none, none, 0.1),
                        new ParameterStep(none, none, some, ODD, Double.NaN)));
        LayerStep second = new LayerStep(
                Double.POSITIVE_INFINITY,
                ActivationStats.UNREAD,
                List.of(0.25, 0.75),
                List.of(new ParameterStep(some, ODD, some, some, -1), ParameterStep.UNREAD));
        Step step = step(true, ODD, DataStep.UNREAD, List.of(first, second));

        assertThat(through(step)).isEqualTo(step);
    }

    @Test
    void what_a_light_step_has_read_after_all_is_not_lost() {
        LayerStep read = new LayerStep(
                0.5, ActivationStats.UNREAD, List.of(), UNREAD.get(0).parameters());
        Step step = step(false, ODD, DataStep.UNREAD, List.of(read, UNREAD.get(1)));

        assertThat(through(step)).isEqualTo(step);
    }

    @Test
    void data_come_back_with_their_columns() {
        ColumnStats column = new ColumnStats(3, -1, 0.5, -7, 8, 2);
        DataStep data = new DataStep(ODD, tensor(3, 1), List.of(column, column), List.of(column));
        Step step = step(false, ODD, data, UNREAD);

        assertThat(through(step)).isEqualTo(step);
    }

    @Test
    void histograms_come_back() {
        Magnitudes one = new Magnitudes(
                12, 1, 0, new LogHistogram(-40, List.of(1L, Long.MAX_VALUE, 3L)), LogHistogram.NONE, LogHistogram.NONE);
        Magnitudes two = new Magnitudes(12, 0, 1, LogHistogram.NONE, LogHistogram.NONE, LogHistogram.NONE);
        Bytes out = new Bytes(1);
        StepCodec.write(out, List.of(one, two));

        assertThat(codec.readMagnitudes(ByteBuffer.wrap(out.copy()))).containsExactly(one, two);
    }

    @Test
    void bytes_that_are_missing_are_missed() {
        byte[] whole = bytes(aStep(MODEL, 0).build());
        for (int length = 0; length < whole.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);

            assertThatThrownBy(() -> codec.readStep(cut)).isInstanceOf(BufferUnderflowException.class);
        }
    }

    @Test
    void a_step_of_another_network_is_refused() {
        ModelView other = aNetwork().output("out", 2, 2, "mse").build();
        Bytes out = new Bytes(1);
        new StepCodec(other).write(out, aStep(other, 0).build());
        ByteBuffer foreign = ByteBuffer.wrap(out.copy());

        assertThatThrownBy(() -> codec.readStep(foreign)).isInstanceOf(BufferUnderflowException.class);
    }

    @Test
    void histograms_of_a_layer_that_is_not_there_are_refused() {
        Bytes out = new Bytes(1);
        StepCodec.write(out, List.of(new Magnitudes(0, 2, 0, LogHistogram.NONE, LogHistogram.NONE, LogHistogram.NONE)));
        ByteBuffer foreign = ByteBuffer.wrap(out.copy());

        assertThatThrownBy(() -> codec.readMagnitudes(foreign)).isInstanceOf(BufferUnderflowException.class);
    }

    @Test
    void a_list_longer_than_its_bytes_is_refused_before_room_is_made_for_it() {
        Bytes out = new Bytes(16);
        out.putCount(Integer.MAX_VALUE);
        ByteBuffer few = ByteBuffer.wrap(out.copy());

        assertThatThrownBy(() -> codec.readMagnitudes(few)).isInstanceOf(BufferUnderflowException.class);
    }
}
