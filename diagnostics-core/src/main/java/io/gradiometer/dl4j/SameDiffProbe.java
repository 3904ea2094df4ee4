package io.gradiometer.dl4j;

import io.gradiometer.signal.ColumnStats;
import io.gradiometer.signal.DataStep;
import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.Magnitudes;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.ParameterStep;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import io.gradiometer.signal.Yardstick;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.Loss;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.autodiff.samediff.internal.Variable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Turns the training events of one {@code SameDiff} into steps.
 *
 * <p>Order of calls in an iteration: {@link #begin}; {@link #computed} and {@link #update}, mixed, for training applies each
 * update as soon as its gradient is known; {@link #done}. Reads only; between iterations numbers and names are kept, never arrays
 * or networks of the user's. Not thread-safe.
 */
final class SameDiffProbe implements NetworkProbe {

    /** Under which name a network keeps the graph that trains. */
    private static final String GRADIENT_FUNCTION = "grad";

    /** Gradients of so few elements are read in every iteration. */
    private static final long SMALL = 1024;

    /** Columns of inputs and labels are described in this many iterations. */
    private static final int DESCRIBED_BATCHES = 4;

    private final ReadingSchedule schedule;
    private final Suspicion suspicion = new Suspicion();
    private final TensorReader reader = new TensorReader();
    private final ColumnReader columns = new ColumnReader();
    private final ModelView view;
    private final TensorStats[][] gradients;
    private final TensorStats[][] values;
    private final TensorStats[][] updates;
    private final Map<String, Double> inputRms = new HashMap<>();
    private final Map<String, INDArray> captured = new HashMap<>();
    private final List<LayerStep> unread;
    private SameDiffLayout layout;
    private @Nullable SameDiffSamples samples;
    private SameDiffOutputs outputs;
    private Set<String> sources;

    /** What is asked for in iterations in which everything is read, and in those between. */
    private Set<String> wanted;

    private Set<String> watchedOnly;
    private WeakReference<SameDiff> read;
    private int iterations;
    private boolean suspicious;

    // What is known of an iteration that has begun.
    private boolean full;
    private boolean readsOutputs;
    private boolean readsValues;
    private @Nullable MultiDataSet batch;
    private int examples;
    private LossReader.@Nullable Value loss;
    private double constantLoss = Double.NaN;
    private TensorStats watched = TensorStats.EMPTY;
    private DataStep data = DataStep.UNREAD;

    SameDiffProbe(SameDiff network, boolean exact) {
        SameDiff graph = graphOf(network);
        layout = SameDiffLayout.of(network, graph);
        read = new WeakReference<>(graph);
        samples = SameDiffSamples.of(layout.loss());
        view = layout.view();
        schedule = ReadingSchedule.of(view.parameters(), exact);
        gradients = emptyStats();
        values = emptyStats();
        updates = emptyStats();
        unread = view.layers().stream().map(LayerStep::unread).toList();
        outputs = new SameDiffOutputs(layout.slots());
        sources = sources(layout);
        watchedOnly = watchedOnly(layout);
        wanted = wanted();
    }

    private static Set<String> sources(SameDiffLayout layout) {
        return layout.slots().stream().map(SameDiffSlot::source).collect(Collectors.toSet());
    }

    private TensorStats[][] emptyStats() {
        TensorStats[][] stats = new TensorStats[layout.slots().size()][];
        for (int i = 0; i < stats.length; i++) {
            stats[i] = new TensorStats[layout.slots().get(i).variables().size()];
            Arrays.fill(stats[i], TensorStats.EMPTY);
        }
        return stats;
    }

    private static SameDiff graphOf(SameDiff network) {
        return network.getFunction(GRADIENT_FUNCTION);
    }

    @Override
    public ModelView view() {
        return view;
    }

    /**
     * Begins an iteration.
     *
     * @return names of the variables whose values are to be handed in
     */
    @SuppressWarnings("ReferenceEquality") // a graph that was made anew may well be equal
    Set<String> begin(SameDiff network, MultiDataSet next) {
        SameDiff graph = graphOf(network);
        if (read.get() != graph) {
            readAnew(network, graph);
        }
        abandon();
        batch = next;
        examples = examples(next);
        if (samples != null) {
            samples.passed(examples);
        }
        full = schedule.readsAll(iterations) || suspicious;
        readsOutputs = schedule.readsActivations(iterations) || suspicious;
        readsValues = schedule.readsValues(iterations) || suspicious;
        if (full) {
            readData(network.getTrainingConfig());
        }
        return full ? wanted : watchedOnly;
    }

    private void readData(TrainingConfig training) {
        MultiDataSet current = batch;
        if (current != null) {
            IdentityHashMap<INDArray, TensorStats> stats = new IdentityHashMap<>();
            data = new DataStep(
                    readAll(current.getFeatures(), stats),
                    readAll(current.getLabels(), stats),
                    describe(current.getFeatures()),
                    describe(current.getLabels()));
            Map<String, INDArray> placeholders = placeholders(training);
            if (samples != null) {
                samples.read(current, placeholders);
            }
            placeholders.forEach((name, array) -> {
                if (sources.contains(name)) {
                    inputRms.put(
                            name, stats.computeIfAbsent(array, reader::read).rms());
                }
            });
        }
    }

    private List<ColumnStats> describe(INDArray @Nullable [] arrays) {
        return arrays == null || iterations >= DESCRIBED_BATCHES ? List.of() : columns.read(List.of(arrays));
    }

    /** The user has changed the network since: its loss, for instance. */
    private void readAnew(SameDiff network, SameDiff graph) {
        SameDiffLayout now = SameDiffLayout.of(network, graph);
        if (!sameParameters(now)) {
            throw new IllegalStateException("the network changed its parameters between iterations");
        }
        layout = now;
        samples = SameDiffSamples.of(now.loss());
        if (!outputs.areOf(now.slots())) {
            outputs = new SameDiffOutputs(now.slots());
        }
        sources = sources(now);
        watchedOnly = watchedOnly(now);
        wanted = wanted();
        read = new WeakReference<>(graph);
    }

    private boolean sameParameters(SameDiffLayout now) {
        return now.slots().stream()
                .map(SameDiffSlot::variables)
                .toList()
                .equals(layout.slots().stream().map(SameDiffSlot::variables).toList());
    }

    private static int examples(MultiDataSet data) {
        INDArray first = data.numFeatureArrays() == 0 ? null : data.getFeatures(0);
        return first == null || first.rank() == 0 ? 1 : (int) Math.max(1, first.size(0));
    }

    private static Set<String> watchedOnly(SameDiffLayout layout) {
        Set<String> names = new HashSet<>(layout.loss().captured());
        // Large gradients as well: a loss that is not finite has them read.
        names.addAll(layout.gradients().keySet());
        return Set.copyOf(names);
    }

    private Set<String> wanted() {
        Set<String> names = new HashSet<>(watchedOnly);
        names.addAll(sources);
        names.addAll(outputs.variables());
        return Set.copyOf(names);
    }

    private TensorStats readAll(INDArray @Nullable [] arrays, IdentityHashMap<INDArray, TensorStats> stats) {
        TensorStats all = TensorStats.EMPTY;
        if (arrays != null) {
            for (INDArray array : arrays) {
                all = all.and(stats.computeIfAbsent(array, reader::read));
            }
        }
        return all;
    }

    /** Takes a value that training has computed, while it is valid. */
    void computed(SameDiff graph, String name, INDArray array) {
        if (batch == null) {
            return;
        }
        if (layout.loss().captured().contains(name)) {
            capture(graph, name, array);
        }
        if (full && sources.contains(name)) {
            inputRms.put(name, reader.read(array).rms());
        }
        if (readsOutputs) {
            outputs.read(name, array);
        }
        SameDiffLayout.Place place = layout.gradients().get(name);
        if (place != null) {
            if (loss == null && layout.loss().captured().isEmpty()) {
                readLoss(graph);
            }
            gradient(place, array);
        }
    }

    /** Keeps what the loss is computed from: itself where it is all that is needed, else a copy, for training frees it. */
    private void capture(SameDiff graph, String name, INDArray array) {
        int needed = layout.loss().captured().size();
        if (loss != null) {
            return;
        }
        captured.put(name, needed == 1 ? array : copy(array));
        if (captured.size() == needed) {
            readLoss(graph);
            forgetCaptured();
        }
    }

    @SuppressWarnings("try") // the scope is entered for its effect
    private static INDArray copy(INDArray array) {
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            return array.dup();
        }
    }

    private void forgetCaptured() {
        if (layout.loss().captured().size() > 1) {
            captured.values().forEach(INDArray::close);
        }
        captured.clear();
    }

    private void readLoss(SameDiff graph) {
        Map<String, INDArray> placeholders = placeholders(graph.getTrainingConfig());
        LossReader.Value value = layout.loss()
                .compute(
                        graph,
                        name -> {
                            INDArray own = captured.get(name);
                            return own == null ? placeholder(graph, name, placeholders) : own;
                        },
                        examples,
                        full);
        loss = value;
        if (full) {
            constantLoss = value.constant();
        }
        if (!full && !Double.isFinite(value.total())) {
            // Gradients and updates are still to come.
            full = true;
            readsValues = true;
            readData(graph.getTrainingConfig());
        }
    }

    private Map<String, INDArray> placeholders(TrainingConfig training) {
        Map<String, INDArray> arrays = new HashMap<>();
        MultiDataSet current = batch;
        if (current != null) {
            put(arrays, training.getDataSetFeatureMapping(), current.getFeatures());
            put(arrays, training.getDataSetLabelMapping(), current.getLabels());
            put(arrays, training.getDataSetFeatureMaskMapping(), current.getFeaturesMaskArrays());
            put(arrays, training.getDataSetLabelMaskMapping(), current.getLabelsMaskArrays());
        }
        return arrays;
    }

    private static void put(
            Map<String, INDArray> arrays, @Nullable List<@Nullable String> names, INDArray @Nullable [] values) {
        if (names != null && values != null) {
            for (int i = 0; i < Math.min(names.size(), values.length); i++) {
                String name = names.get(i);
                if (name != null) {
                    arrays.put(name, values[i]);
                }
            }
        }
    }

    /** Training brings data to the type of their placeholder, and so does this. */
    private static INDArray placeholder(SameDiff graph, String name, Map<String, INDArray> arrays) {
        INDArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalStateException("'" + name + "' is needed for the loss, and is neither data nor computed");
        }
        return array.castTo(graph.getVariable(name).dataType());
    }

    private void gradient(SameDiffLayout.Place place, INDArray array) {
        if (full || array.length() <= SMALL) {
            TensorStats stats = reader.read(array).times(layout.loss().shareOfExample(examples));
            gradients[place.layer()][place.parameter()] = stats;
            if (array.length() <= SMALL) {
                watched = watched.and(stats);
            }
        }
    }

    /** Takes an update, with the parameter as it still stands. */
    void update(Variable parameter, INDArray update) {
        SameDiffLayout.Place place = full ? layout.places().get(parameter.getName()) : null;
        if (batch != null && place != null) {
            boolean broken = !gradients[place.layer()][place.parameter()].allFinite();
            if (readsValues || broken) {
                values[place.layer()][place.parameter()] =
                        reader.read(parameter.getVariable().getArr());
            }
            updates[place.layer()][place.parameter()] = reader.read(update);
        }
    }

    /** Completes the step; null where the iteration was not seen from its beginning. */
    @Nullable
    Step done(SameDiff graph, At at, Loss reported) {
        if (batch == null) {
            return null;
        }
        TrainingConfig training = graph.getTrainingConfig();
        LossReader.Value value = loss;
        if (value == null) {
            throw new IllegalStateException(
                    "training did not compute " + layout.loss().captured() + ", from which the loss would follow");
        }
        double score = value.total();
        for (int i = layout.loss().count(); i < reported.lossValues().length; i++) {
            score += reported.lossValues()[i];
        }
        // What is maximised falls when it is turned round; what a constant would reach is another question then.
        int sign = training.isMinimize() ? 1 : -1;
        Step step = new Step(
                at.iteration(),
                at.epoch(),
                examples,
                score,
                sign * value.data(),
                sign > 0 ? constantLoss : Double.NaN,
                full,
                watched,
                data,
                layers(learningRate(training, at)));
        suspicious = suspicion.isRaisedBy(value.total(), watched);
        iterations++;
        abandon();
        return step;
    }

    private static double learningRate(TrainingConfig training, At at) {
        IUpdater updater = training.getUpdater();
        return updater != null && updater.hasLearningRate()
                ? updater.getLearningRate(at.iteration(), at.epoch())
                : Double.NaN;
    }

    private List<LayerStep> layers(double learningRate) {
        if (!full) {
            return unread;
        }
        List<LayerStep> layers = new ArrayList<>();
        for (int i = 0; i < layout.slots().size(); i++) {
            List<ParameterStep> parameters = new ArrayList<>();
            for (int p = 0; p < gradients[i].length; p++) {
                parameters.add(ParameterStep.unclipped(values[i][p], gradients[i][p], updates[i][p], learningRate));
            }
            layers.add(new LayerStep(signal(i), outputs.stats(i), outputs.predicted(i), parameters));
        }
        return layers;
    }

    /** Estimates the norm of the back-propagated signal per example, as {@link Probe} does for layers of its own. */
    private double signal(int layer) {
        SameDiffSlot slot = layout.slots().get(layer);
        Double rms = inputRms.get(slot.source());
        if (rms == null || slot.view().fanIn() == 0) {
            return Double.NaN;
        }
        double norm = 0;
        for (int p = 0; p < gradients[layer].length; p++) {
            if (slot.view().parameters().get(p).role() == Role.WEIGHT) {
                norm = Math.hypot(norm, gradients[layer][p].l2());
            }
        }
        return norm * Math.sqrt((double) examples / slot.view().fanIn()) / rms;
    }

    /** Magnitudes are to be shown, and are not read yet of this kind of network. */
    @Override
    public List<Magnitudes> magnitudes() {
        return List.of();
    }

    @Override
    public Yardstick yardstick() {
        return samples == null ? Yardstick.UNKNOWN : samples.yardstick();
    }

    @Override
    public void abandon() {
        forgetCaptured();
        batch = null;
        loss = null;
        watched = TensorStats.EMPTY;
        data = DataStep.UNREAD;
        inputRms.clear();
        outputs.forget();
        for (int i = 0; i < gradients.length; i++) {
            Arrays.fill(gradients[i], TensorStats.EMPTY);
            Arrays.fill(updates[i], TensorStats.EMPTY);
        }
    }
}
