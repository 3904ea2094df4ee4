package io.gradiometer.dl4j;

import io.gradiometer.signal.DataStep;
import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.Magnitudes;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.ParameterStep;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import io.gradiometer.signal.Yardstick;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The one sink of training events of one network: turns forward pass, gradient and end of an iteration into a {@link Step}.
 *
 * <p>Order of calls in an iteration: {@link #forward}, {@link #gradient} (line searches call it several times: the first one
 * counts), {@link #done}. Reads only; what is kept between calls are numbers, never arrays of the user's. Not thread-safe.
 */
final class Probe implements NetworkProbe {

    /** Columns of inputs and labels are described in this many iterations. */
    private static final int DESCRIBED_BATCHES = 4;

    private final Layout layout;
    private final ReadingSchedule schedule;
    private final Suspicion suspicion = new Suspicion();
    private final TensorReader reader = new TensorReader();
    private final ColumnReader columns = new ColumnReader();
    private final Watch watch;
    private final LayerOutputs outputs;
    private final Map<Integer, LabelLedger> ledgers = new HashMap<>();
    private final @Nullable OutputSamples samples;
    private final List<LayerStep> unread;
    private final boolean regularized;
    private final boolean dividesScore;
    private final boolean searchesLines;
    private int iterations;
    private double penalty;

    /** What the parameters of each layer were when they were last read. */
    private final List<List<TensorStats>> values;

    private double constantLoss = Double.NaN;
    private List<Magnitudes> magnitudes = List.of();
    private Foretelling foretelling = Foretelling.NONE;

    // What is known of an iteration before its update.
    private boolean begun;
    private boolean full;
    private boolean readsValues;
    private int iteration;
    private int examples;
    private double score;
    private TensorStats watched = TensorStats.EMPTY;
    private DataStep data = DataStep.UNREAD;
    private List<LayerBefore> before = List.of();

    /** A layer's numbers before the update. */
    private record LayerBefore(
            List<TensorStats> values, List<TensorStats> gradients, List<TensorStats> clipped, double signal) {}

    Probe(Model model, boolean exact) {
        layout = Layout.of(model);
        schedule = ReadingSchedule.of(layout.parameters(), exact);
        watch = Watch.of(layout);
        outputs = new LayerOutputs(layout);
        samples = OutputSamples.of(layout, model);
        values = new ArrayList<>(Collections.nCopies(layout.slots().size(), List.of()));
        unread = layout.view().layers().stream().map(LayerStep::unread).toList();
        regularized = isRegularized(model);
        dividesScore = model.conf() == null || model.conf().isMiniBatch();
        searchesLines = model.conf() != null
                && model.conf().getOptimizationAlgo() != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT;
    }

    Layout layout() {
        return layout;
    }

    @Override
    public ModelView view() {
        return layout.view();
    }

    private static boolean isRegularized(Model model) {
        for (Layer layer : Layout.layersOf(model)) {
            if (LayerReader.unwrap(layer.conf().getLayer()) instanceof BaseLayer base
                    && !(isEmpty(base.getRegularization()) && isEmpty(base.getRegularizationBias()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEmpty(@Nullable List<?> list) {
        return list == null || list.isEmpty();
    }

    /** Takes the activations of a network of layers in a row, while they are valid: the input, then what each layer gave. */
    void forward(Model model, List<INDArray> activations) {
        if (schedule.readsAll(iterations)) {
            readForward(model, name -> {
                int index = Integer.parseInt(name);
                return index < activations.size() ? activations.get(index) : null;
            });
        }
    }

    /** Takes the activations of a graph by the names of its vertices, while they are valid. */
    void forward(Model model, Map<String, INDArray> activations) {
        if (schedule.readsAll(iterations)) {
            readForward(model, activations::get);
        }
    }

    private void readForward(Model model, Function<String, @Nullable INDArray> activations) {
        outputs.forget();
        outputs.readSizes(activations);
        if (schedule.readsActivations(iterations)) {
            outputs.read(model, activations);
        }
    }

    /** Takes the raw gradient, a sum over the examples of the batch, with the parameters and the loss that it belongs to. */
    void gradient(Model model) {
        INDArray parameters = model.params();
        if (parameters.length() != layout.parameters()) {
            throw new IllegalStateException("the network changed its number of parameters between iterations");
        }
        if (searchesLines && begun && iteration == iterationOf(model)) {
            // A probe of the line search: the first gradient was the one at the parameters that the iteration began
            // with.
            return;
        }
        INDArray flat = model.getGradientsViewArray();
        begun = true;
        magnitudes = List.of();
        iteration = iterationOf(model);
        examples = Math.max(1, model.batchSize());
        score = model.score();
        if (samples != null) {
            samples.passed(examples);
        }
        watched = flat == null ? TensorStats.EMPTY : watch.read(flat, reader).times(1.0 / examples);
        // Both must be asked in every iteration: suspicion remembers.
        boolean suspicious = suspicion.isRaisedBy(score, watched);
        full = schedule.readsAll(iterations) || suspicious;
        readsValues = schedule.readsValues(iterations) || suspicious;
        if (full) {
            readAll(model, parameters, flat);
        }
        // Weights that have trained already are not random any more: theory does not speak of them.
        if (iterations == 0 && iteration == 0) {
            foretelling = Foretelling.of(model, data.features());
        }
    }

    private void readAll(Model model, INDArray parameters, @Nullable INDArray flat) {
        List<INDArray> inputs = inputs(model);
        List<INDArray> labels = labels(model);
        if (samples != null) {
            samples.read(model, inputs);
        }
        boolean describes = iterations < DESCRIBED_BATCHES;
        data = new DataStep(
                readAll(inputs),
                readAll(labels),
                describes ? columns.read(inputs) : List.of(),
                describes ? columns.read(labels) : List.of());
        List<LayerBefore> layers = new ArrayList<>(layout.slots().size());
        for (int i = 0; i < layout.slots().size(); i++) {
            layers.add(layer(i, parameters, flat));
        }
        before = layers;
        penalty = regularized ? penalty(model) : 0;
        constantLoss = constantLoss(model);
        if (ReadingSchedule.readsMagnitudes(iterations) && flat != null) {
            magnitudes = MagnitudeReader.before(layout, iteration, parameters, flat, reader);
        }
    }

    private LayerBefore layer(int index, INDArray parameters, @Nullable INDArray flat) {
        LayerSlot slot = layout.slots().get(index);
        LayerView view = slot.view();
        if (view.frozen() || flat == null) {
            List<TensorStats> still = flat == null ? empty(slot) : still(slot);
            return new LayerBefore(values(index, parameters, false), still, still, signal(slot, still));
        }
        List<TensorStats> raw = read(flat, slot);
        List<TensorStats> mean = mean(view, raw);
        List<TensorStats> clipped =
                view.updater().clips() ? Clipping.apply(view, mean, (p, limit) -> cutOff(slot, p, flat, limit)) : mean;
        boolean broken = !raw.stream().allMatch(TensorStats::allFinite);
        return new LayerBefore(values(index, parameters, broken), mean, clipped, signal(slot, raw));
    }

    /** Reads the parameters of a layer where they are due or in question, else takes what they were a few steps ago. */
    private List<TensorStats> values(int index, INDArray parameters, boolean inQuestion) {
        if (readsValues || inQuestion) {
            values.set(index, read(parameters, layout.slots().get(index)));
        }
        return values.get(index);
    }

    private static List<TensorStats> empty(LayerSlot slot) {
        return slot.offsets().stream().map(offset -> TensorStats.EMPTY).toList();
    }

    private TensorStats cutOff(LayerSlot slot, int p, INDArray flat, double limit) {
        ParameterView parameter = slot.view().parameters().get(p);
        double divisor = parameter.role().descends() ? examples : 1;
        return reader.readCutOff(flat.data(), slot.offsets().get(p), parameter.length(), limit * divisor)
                .times(1 / divisor);
    }

    private static double penalty(Model model) {
        return model instanceof ComputationGraph graph
                ? graph.calcRegularizationScore(true)
                : ((MultiLayerNetwork) model).calcRegularizationScore(true);
    }

    private List<TensorStats> read(INDArray flat, LayerSlot slot) {
        List<TensorStats> stats = new ArrayList<>(slot.offsets().size());
        for (int p = 0; p < slot.offsets().size(); p++) {
            stats.add(reader.read(
                    flat.data(),
                    slot.offsets().get(p),
                    slot.view().parameters().get(p).length()));
        }
        return stats;
    }

    /** Turns sums over the batch into means; running statistics and centres are no gradients and stay as they are. */
    private List<TensorStats> mean(LayerView view, List<TensorStats> raw) {
        List<TensorStats> mean = new ArrayList<>(raw.size());
        for (int p = 0; p < raw.size(); p++) {
            boolean summed = view.parameters().get(p).role().descends();
            mean.add(summed ? raw.get(p).times(1.0 / examples) : raw.get(p));
        }
        return mean;
    }

    /**
     * Estimates the norm of the back-propagated signal per example from ‖∇W‖ / ‖A‖, A being the layer's input.
     *
     * <p>Exact for one example through a dense layer. Over examples and positions (pixels, time steps) it assumes that their
     * contributions do not line up, which gives ‖∇W‖² ≈ ‖δ‖² · rms(A)² · examples · fan-in.
     */
    private double signal(LayerSlot slot, List<TensorStats> raw) {
        double rms = outputs.inputRms(slot);
        if (Double.isNaN(rms) || !slot.signalReadable()) {
            return Double.NaN;
        }
        TensorStats weights = TensorStats.EMPTY;
        for (int p = 0; p < raw.size(); p++) {
            if (slot.view().parameters().get(p).role() == Role.WEIGHT) {
                weights = weights.and(raw.get(p));
            }
        }
        return weights.l2() / (rms * Math.sqrt((double) examples * slot.view().fanIn()));
    }

    private double constantLoss(Model model) {
        double sum = 0;
        boolean any = false;
        Layer[] layers = Layout.layersOf(model);
        for (LayerSlot slot : layout.slots()) {
            if (slot.view().isOutput()) {
                LabelLedger ledger = ledger(slot, layers[slot.position()]);
                OutputLabels labels = OutputLabels.of(model, slot);
                if (labels != null) {
                    ledger.add(labels.labels(), labels.mask());
                }
                sum += ledger.constantLoss();
                any = true;
            }
        }
        return any ? sum : Double.NaN;
    }

    private LabelLedger ledger(LayerSlot slot, Layer layer) {
        return ledgers.computeIfAbsent(slot.position(), position -> {
            org.deeplearning4j.nn.conf.layers.Layer configuration = layer.conf().getLayer();
            ILossFunction loss = LayerReader.loss(configuration);
            if (loss == null) {
                throw new IllegalStateException("'" + slot.view().name() + "' is no output layer any more");
            }
            return new LabelLedger(loss, LayerReader.unwrap(configuration));
        });
    }

    private List<INDArray> labels(Model model) {
        List<INDArray> all = new ArrayList<>();
        for (LayerSlot slot : layout.slots()) {
            OutputLabels labels = slot.view().isOutput() ? OutputLabels.of(model, slot) : null;
            if (labels != null) {
                all.add(labels.labels());
            }
        }
        return all;
    }

    private static List<INDArray> inputs(Model model) {
        if (model instanceof ComputationGraph graph) {
            return graph.getInputs() == null ? List.of() : List.of(graph.getInputs());
        }
        INDArray input = model.input();
        return input == null ? List.of() : List.of(input);
    }

    private TensorStats readAll(List<INDArray> arrays) {
        TensorStats joined = TensorStats.EMPTY;
        for (INDArray array : arrays) {
            joined = joined.and(reader.read(array));
        }
        return joined;
    }

    /** Takes the update and completes the step; null where no gradient was seen in this iteration. */
    @Nullable
    Step done(Model model, int number, int epoch) {
        if (!begun) {
            return null;
        }
        List<LayerStep> layers = full ? layers(model, number, epoch) : unread;
        double loss = (score - penalty) / (dividesScore ? 1 : examples);
        Step step = new Step(
                number,
                epoch,
                examples,
                score,
                loss,
                constantLoss,
                full,
                watched,
                full ? data : DataStep.UNREAD,
                layers);
        abandon();
        iterations++;
        return step;
    }

    private List<LayerStep> layers(Model model, int number, int epoch) {
        INDArray flat = model.getGradientsViewArray();
        Layer[] runtime = Layout.layersOf(model);
        List<LayerStep> layers = new ArrayList<>(layout.slots().size());
        for (int i = 0; i < layout.slots().size(); i++) {
            LayerSlot slot = layout.slots().get(i);
            LayerBefore known = before.get(i);
            List<TensorStats> updates = updates(flat, slot);
            org.deeplearning4j.nn.conf.layers.Layer configuration =
                    runtime[slot.position()].conf().getLayer();
            List<ParameterStep> parameters = new ArrayList<>(updates.size());
            for (int p = 0; p < updates.size(); p++) {
                String name = slot.view().parameters().get(p).name();
                parameters.add(new ParameterStep(
                        known.values().get(p),
                        known.gradients().get(p),
                        known.clipped().get(p),
                        updates.get(p),
                        LayerReader.learningRate(configuration, name, number, epoch)));
            }
            layers.add(new LayerStep(known.signal(), outputs.stats(i), outputs.predicted(i), parameters));
        }
        if (!magnitudes.isEmpty() && flat != null) {
            magnitudes = MagnitudeReader.after(layout, magnitudes, flat, reader);
        }
        return layers;
    }

    @Override
    public List<Magnitudes> magnitudes() {
        return magnitudes;
    }

    @Override
    public Foretelling foretelling() {
        return foretelling;
    }

    @Override
    public Yardstick yardstick() {
        return samples == null ? Yardstick.UNKNOWN : samples.yardstick();
    }

    /** What a line search leaves in the buffer is no update: the step it took stays unknown. */
    private List<TensorStats> updates(@Nullable INDArray flat, LayerSlot slot) {
        if (searchesLines || flat == null) {
            return empty(slot);
        }
        return slot.view().frozen() ? still(slot) : read(flat, slot);
    }

    static int iterationOf(Model model) {
        return model instanceof ComputationGraph graph
                ? graph.getIterationCount()
                : ((MultiLayerNetwork) model).getIterationCount();
    }

    /** What a frozen layer's place in the buffer holds is of no meaning. */
    private static List<TensorStats> still(LayerSlot slot) {
        return slot.view().parameters().stream()
                .map(p -> new TensorStats(p.length(), 0, 0, 0, p.length(), 0))
                .toList();
    }

    /** Forgets an iteration that was begun and will not be completed. */
    @Override
    public void abandon() {
        begun = false;
        data = DataStep.UNREAD;
        before = List.of();
        outputs.forget();
    }
}
