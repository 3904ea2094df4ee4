package io.gradiometer.junit;

import io.gradiometer.signal.ActivationStats;
import io.gradiometer.signal.ColumnStats;
import io.gradiometer.signal.DataStep;
import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.ParameterStep;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import java.util.Collections;
import java.util.List;

/** Makes up steps. */
final class SpecimenStep {

    private static final int UNITS = 4;
    private static final int EPOCH = 10;

    private SpecimenStep() {}

    static Step of(ModelView model, Mood mood, int iteration) {
        double loss = mood.loss(iteration);
        return new Step(
                iteration,
                iteration / EPOCH,
                mood.examples(),
                loss,
                loss,
                mood == Mood.HAS_NO_EXAMPLES ? Double.NaN : 1,
                mood.isRead(),
                tensor(UNITS, mood.gradient(iteration)),
                mood.isRead() ? data(mood) : DataStep.UNREAD,
                model.layers().stream()
                        .map(layer -> layer(layer, mood, iteration))
                        .toList());
    }

    private static DataStep data(Mood mood) {
        int rows = mood.examples();
        double size = mood == Mood.IS_NAN_ALL_OVER ? Double.NaN : 1;
        ColumnStats input = new ColumnStats(rows, 0, size, -3, 3, 0);
        ColumnStats label = new ColumnStats(rows, 0.25, 0.43, 0, 1, 0);
        return new DataStep(
                tensor((long) UNITS * rows, size),
                tensor((long) UNITS * rows, 0.5),
                Collections.nCopies(UNITS, input),
                Collections.nCopies(UNITS, label));
    }

    private static LayerStep layer(LayerView view, Mood mood, int iteration) {
        if (!mood.isRead()) {
            return LayerStep.unread(view);
        }
        double given = mood.value(iteration);
        boolean finite = Double.isFinite(given);
        int rows = mood.examples();
        ActivationStats outputs = new ActivationStats(
                rows, given, given, given, 0.1, UNITS, 0, (long) rows * (iteration + 1), finite ? 0 : rows);
        return new LayerStep(
                view.frozen() ? Double.NaN : mood.gradient(iteration),
                outputs,
                view.isOutput() ? Collections.nCopies(UNITS, 1.0 / UNITS) : List.of(),
                view.parameters().stream()
                        .map(parameter -> parameter(view, parameter, mood, iteration))
                        .toList());
    }

    private static ParameterStep parameter(LayerView view, ParameterView parameter, Mood mood, int iteration) {
        long length = parameter.length();
        double gradient = view.frozen() ? 0 : mood.gradient(iteration);
        return ParameterStep.unclipped(
                tensor(length, mood.value(iteration)),
                tensor(length, gradient),
                tensor(length, 0.1 * gradient),
                view.updater().learningRate());
    }

    /** Returns a tensor of that size; of one that is not finite, every element is not. */
    private static TensorStats tensor(long length, double rms) {
        boolean finite = Double.isFinite(rms);
        double size = finite ? rms : 0;
        return new TensorStats(
                length,
                0.8 * size * length,
                size * Math.sqrt((double) length),
                2 * size,
                finite && size == 0 ? length : 0,
                finite ? 0 : length);
    }

    /** Returns the step with loss and gradients multiplied, and what they did unchanged. */
    static Step scaled(Step step, double factor) {
        return new Step(
                step.iteration(),
                step.epoch(),
                step.examples(),
                step.score() * factor,
                step.loss() * factor,
                step.constantLoss() * factor,
                step.full(),
                step.watched().times(factor),
                step.data(),
                step.layers().stream().map(layer -> scaled(layer, factor)).toList());
    }

    private static LayerStep scaled(LayerStep layer, double factor) {
        return new LayerStep(
                layer.signal() * factor,
                layer.outputs(),
                layer.predicted(),
                layer.parameters().stream()
                        .map(parameter -> new ParameterStep(
                                parameter.value(),
                                parameter.gradient().times(factor),
                                parameter.clipped().times(factor),
                                parameter.update(),
                                parameter.learningRate()))
                        .toList());
    }
}
