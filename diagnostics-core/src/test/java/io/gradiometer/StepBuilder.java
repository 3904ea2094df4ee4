package io.gradiometer;

import static io.gradiometer.Runs.tensor;

import io.gradiometer.signal.ActivationStats;
import io.gradiometer.signal.ColumnStats;
import io.gradiometer.signal.DataStep;
import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.ParameterStep;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds one step. Unsaid: 32 examples, a loss that falls from that of a constant guess towards a fifth of it, gradients of
 * RMS 0.01 and a back-propagated signal of 0.01 in every layer, weights of their sound scale, update ratio 0.001, inputs of mean
 * 0 and deviation 1, labels of equally frequent classes, activations that differ from row to row, every class answered.
 */
public final class StepBuilder {

    private final ModelView model;
    private final int iteration;
    private int counted;
    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private int epoch;
    private int examples = 32;
    private double constantLoss = Math.log(3);
    private double loss;
    private double score;
    private boolean full = true;
    private TensorStats features = tensor(320, 1);
    private TensorStats labels = tensor(96, Math.sqrt(1 / 3.0));
    private List<ColumnStats> inputColumns;
    private List<ColumnStats> labelColumns;

    /** What a test may say about a layer. */
    private static final class Layer {
        double learningRate;
        double signal;
        double weightRms;
        double gradientRms = 0.01;
        double updateRatio = 0.001;
        double left = 1;
        ActivationStats outputs = ActivationStats.UNREAD;
        List<Double> predicted = List.of();
        final Map<String, TensorStats> values = new HashMap<>();
        final Map<String, TensorStats> gradients = new HashMap<>();
        final Map<String, TensorStats> updates = new HashMap<>();
    }

    StepBuilder(ModelView model, int iteration) {
        this.model = model;
        this.iteration = iteration;
        this.counted = iteration;
        inputColumns = healthyInputs();
        labelColumns = healthyLabels();
        loss(constantLoss * (0.2 + 0.8 * Math.exp(-iteration / 20.0)));
        for (LayerView view : model.layers()) {
            Layer layer = new Layer();
            layer.learningRate = view.updater().learningRate();
            layer.signal = view.frozen() || !hasWeights(view) ? Double.NaN : 0.01;
            layer.weightRms = view.glorotScale();
            layer.outputs = healthyOutputs(view);
            if (view.isOutput() && view.fanOut() > 1) {
                layer.predicted = Collections.nCopies((int) view.fanOut(), 1.0 / view.fanOut());
            }
            layers.put(view.name(), layer);
        }
    }

    private ActivationStats healthyOutputs(LayerView view) {
        boolean flattens = view.activation() != null && !view.activation().equals("identity");
        int units = (int) view.fanOut();
        return units == 0
                ? ActivationStats.UNREAD
                : new ActivationStats(
                        32,
                        0.5,
                        1,
                        0.5,
                        flattens ? 0.1 : Double.NaN,
                        units,
                        flattens ? 0 : -1,
                        32L * (iteration + 1),
                        0);
    }

    private List<ColumnStats> healthyInputs() {
        long width = model.layers().stream()
                .filter(layer -> layer.fanIn() > 0)
                .mapToLong(LayerView::fanIn)
                .findFirst()
                .orElse(0);
        return Collections.nCopies((int) width, new ColumnStats(32, 0, 1, -2.5, 2.5, 0));
    }

    private List<ColumnStats> healthyLabels() {
        LayerView output =
                model.layers().stream().filter(LayerView::isOutput).findFirst().orElse(null);
        if (output == null) {
            return List.of();
        }
        int classes = (int) output.fanOut();
        double share = 1.0 / Math.max(2, classes);
        boolean regression = output.activation() == null || output.activation().equals("identity");
        ColumnStats column = regression
                ? new ColumnStats(32, 0, 1, -2.5, 2.5, 0)
                : new ColumnStats(32, share, Math.sqrt(share * (1 - share)), 0, 1, 0);
        return Collections.nCopies(classes, column);
    }

    private static boolean hasWeights(LayerView view) {
        return view.parameters().stream().anyMatch(p -> p.role().isWeight());
    }

    public int iteration() {
        return iteration;
    }

    /** Sets the number under which the network counts this step, where it did not begin at 0. */
    public StepBuilder iterationIs(int value) {
        counted = value;
        return this;
    }

    /** Leaves out all but what is read in every iteration. */
    public StepBuilder watchedOnly() {
        full = false;
        return this;
    }

    public StepBuilder epoch(int value) {
        epoch = value;
        return this;
    }

    public StepBuilder examples(int value) {
        examples = value;
        return this;
    }

    /** Sets the data loss, and the score with it. */
    public StepBuilder loss(double value) {
        loss = value;
        return score(value);
    }

    /** Sets the score alone, which also holds the regularisation. */
    public StepBuilder score(double value) {
        score = value;
        return this;
    }

    /** Sets the loss of the best constant guess; the loss stays. */
    public StepBuilder constantLoss(double value) {
        constantLoss = value;
        return this;
    }

    /** Sets the loss so that {@link Step#skill()} is this. */
    public StepBuilder skill(double value) {
        return loss(constantLoss * (1 - value));
    }

    public StepBuilder features(TensorStats stats) {
        features = stats;
        return this;
    }

    public StepBuilder labels(TensorStats stats) {
        labels = stats;
        return this;
    }

    /** Describes the columns of the inputs. */
    public StepBuilder inputColumns(ColumnStats... columns) {
        inputColumns = List.of(columns);
        return this;
    }

    /** Describes the columns of the labels. */
    public StepBuilder labelColumns(ColumnStats... columns) {
        labelColumns = List.of(columns);
        return this;
    }

    /** Says what a layer gave. */
    public StepBuilder outputs(String layer, ActivationStats stats) {
        of(layer).outputs = stats;
        return this;
    }

    /** Says which share of the rows each class was the answer to. */
    public StepBuilder predicted(String layer, Double... shares) {
        of(layer).predicted = List.of(shares);
        return this;
    }

    public StepBuilder learningRate(String layer, double value) {
        of(layer).learningRate = value;
        return this;
    }

    /** Sets the norm of the back-propagated signal per example. */
    public StepBuilder signal(String layer, double value) {
        of(layer).signal = value;
        return this;
    }

    /** Sets the size of the weights. */
    public StepBuilder weightRms(String layer, double rms) {
        of(layer).weightRms = rms;
        return this;
    }

    /** Sets the size of the gradient of every parameter that follows the loss; the update stays. */
    public StepBuilder gradientRms(String layer, double rms) {
        of(layer).gradientRms = rms;
        return this;
    }

    /** Says which share of the gradient clipping leaves; the update stays. */
    public StepBuilder clippedTo(String layer, double share) {
        of(layer).left = share;
        return this;
    }

    /** Sets the size of the update, so that {@link LayerStep#updateRatio} is this whatever the weights are. */
    public StepBuilder updateRatio(String layer, double ratio) {
        of(layer).updateRatio = ratio;
        return this;
    }

    /** Says that the layer gets no gradient and stays where it is. */
    public StepBuilder still(String layer) {
        return gradientRms(layer, 0).updateRatio(layer, 0).signal(layer, 0);
    }

    /** Says what one parameter was before the step. */
    public StepBuilder value(String layer, String parameter, TensorStats stats) {
        of(layer).values.put(parameter, stats);
        return this;
    }

    /** Says what the gradient of one parameter was. */
    public StepBuilder gradient(String layer, String parameter, TensorStats stats) {
        of(layer).gradients.put(parameter, stats);
        return this;
    }

    /** Says what the step took off one parameter. */
    public StepBuilder update(String layer, String parameter, TensorStats stats) {
        of(layer).updates.put(parameter, stats);
        return this;
    }

    private Layer of(String name) {
        Layer layer = layers.get(name);
        if (layer == null) {
            throw new IllegalArgumentException("no layer '" + name + "' among " + layers.keySet());
        }
        return layer;
    }

    /** Builds the step. */
    public Step build() {
        List<LayerStep> built = new ArrayList<>();
        for (LayerView view : model.layers()) {
            Layer layer = of(view.name());
            built.add(new LayerStep(
                    layer.signal,
                    layer.outputs,
                    layer.predicted,
                    view.parameters().stream()
                            .map(p -> parameter(view, p, layer))
                            .toList()));
        }
        return new Step(
                counted,
                epoch,
                examples,
                score,
                loss,
                constantLoss,
                full,
                watched(built),
                full ? new DataStep(features, labels, inputColumns, labelColumns) : DataStep.UNREAD,
                full ? built : model.layers().stream().map(LayerStep::unread).toList());
    }

    /** Of biases and the output layer. */
    private TensorStats watched(List<LayerStep> built) {
        TensorStats watched = TensorStats.EMPTY;
        for (int i = 0; i < built.size(); i++) {
            LayerView view = model.layers().get(i);
            for (int p = 0; p < view.parameters().size(); p++) {
                Role role = view.parameters().get(p).role();
                if (role.descends() && (!role.isWeight() || view.isOutput())) {
                    watched = watched.and(built.get(i).parameters().get(p).gradient());
                }
            }
        }
        return watched;
    }

    private static ParameterStep parameter(LayerView view, ParameterView parameter, Layer layer) {
        long length = parameter.length();
        TensorStats value;
        TensorStats gradient;
        TensorStats update;
        double updateRms = layer.updateRatio * Math.max(layer.weightRms, view.glorotScale());
        if (view.frozen()) {
            value = tensor(length, parameter.role().isWeight() ? layer.weightRms : 0);
            gradient = tensor(length, 0);
            update = tensor(length, 0);
        } else if (parameter.role().descends()) {
            value = tensor(length, parameter.role().isWeight() ? layer.weightRms : 1);
            gradient = tensor(length, layer.gradientRms);
            update = tensor(length, updateRms);
        } else {
            // A running statistic: its "gradient" is the next estimate, its update what that takes off.
            value = tensor(length, 1);
            gradient = tensor(length, 1);
            update = tensor(length, 0.1);
        }
        String name = parameter.name();
        TensorStats before = layer.gradients.getOrDefault(name, gradient);
        return new ParameterStep(
                layer.values.getOrDefault(name, value),
                before,
                before.times(layer.left),
                layer.updates.getOrDefault(name, update),
                layer.learningRate);
    }
}
