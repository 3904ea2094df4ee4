package io.gradiometer.dl4j;

import io.gradiometer.signal.ActivationStats;
import io.gradiometer.signal.DataStep;
import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ParameterStep;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
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
final class Probe {

    private static final int ALWAYS_READ = 64;
    private static final int READ_EVERY = 8;
    private static final long SMALL = 16_384;

    private final Layout layout;
    private final TensorReader reader = new TensorReader();
    private final Map<Integer, LabelLedger> ledgers = new HashMap<>();
    private final boolean regularized;
    private final boolean dividesScore;
    private final boolean searchesLines;
    private int iterations;
    private Map<String, Double> inputRms = Map.of();
    private @Nullable Pending pending;

    /** What is known of an iteration before its update. */
    private record Pending(
            int iteration,
            int examples,
            double score,
            double loss,
            double constantLoss,
            TensorStats features,
            TensorStats labels,
            List<List<TensorStats>> values,
            List<List<TensorStats>> gradients,
            List<Double> signals) {}

    Probe(Model model) {
        layout = Layout.of(model);
        regularized = isRegularized(model);
        dividesScore = model.conf() == null || model.conf().isMiniBatch();
        searchesLines = model.conf() != null
                && model.conf().getOptimizationAlgo() != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT;
    }

    Layout layout() {
        return layout;
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

    /** Takes activations by the names that {@link LayerSlot#source()} uses, while they are valid. */
    void forward(Map<String, INDArray> activations) {
        if (iterations >= ALWAYS_READ && iterations % READ_EVERY != 0 && sizeOf(activations) > SMALL) {
            inputRms = Map.of();
            return;
        }
        Map<String, Double> rms = new HashMap<>();
        for (LayerSlot slot : layout.slots()) {
            INDArray input = activations.get(slot.source());
            if (slot.signalReadable() && input != null && !rms.containsKey(slot.source())) {
                rms.put(slot.source(), reader.read(input).rms());
            }
        }
        inputRms = rms;
    }

    private static long sizeOf(Map<String, INDArray> activations) {
        return activations.values().stream()
                .mapToLong(a -> a == null ? 0 : a.length())
                .sum();
    }

    /** Takes the raw gradient, a sum over the examples of the batch, with the parameters and the loss that it belongs to. */
    void gradient(Model model) {
        INDArray parameters = model.params();
        if (parameters.length() != layout.parameters()) {
            throw new IllegalStateException("the network changed its number of parameters between iterations");
        }
        Pending begun = pending;
        if (searchesLines && begun != null && begun.iteration() == iterationOf(model)) {
            // A probe of the line search: the first gradient was the one at the parameters that the iteration began
            // with.
            return;
        }
        INDArray flat = model.getGradientsViewArray();
        int examples = Math.max(1, model.batchSize());
        double score = model.score();
        boolean readData = iterations < ALWAYS_READ || iterations % READ_EVERY == 0 || !Double.isFinite(score);
        TensorStats features = readData ? readAll(inputs(model)) : TensorStats.EMPTY;
        TensorStats labels = readData ? readAll(labels(model)) : TensorStats.EMPTY;
        List<List<TensorStats>> values = new ArrayList<>();
        List<List<TensorStats>> gradients = new ArrayList<>();
        List<Double> signals = new ArrayList<>();
        for (LayerSlot slot : layout.slots()) {
            values.add(read(parameters, slot));
            List<TensorStats> raw = slot.view().frozen() ? still(slot) : read(flat, slot);
            signals.add(signal(slot, raw, examples));
            gradients.add(mean(slot.view(), raw, examples));
        }
        double penalty = regularized ? penalty(model) : 0;
        double loss = (score - penalty) / (dividesScore ? 1 : examples);
        pending = new Pending(
                iterationOf(model),
                examples,
                score,
                loss,
                constantLoss(model, readData),
                features,
                labels,
                values,
                gradients,
                signals);
    }

    private static double penalty(Model model) {
        return model instanceof ComputationGraph graph
                ? graph.calcRegularizationScore(true)
                : ((MultiLayerNetwork) model).calcRegularizationScore(true);
    }

    private List<TensorStats> read(@Nullable INDArray flat, LayerSlot slot) {
        List<TensorStats> stats = new ArrayList<>(slot.offsets().size());
        for (int p = 0; p < slot.offsets().size(); p++) {
            // A network that learns nothing has no gradient buffer; its parameters then stand still.
            stats.add(
                    flat == null
                            ? TensorStats.EMPTY
                            : reader.read(
                                    flat.data(),
                                    slot.offsets().get(p),
                                    slot.view().parameters().get(p).length()));
        }
        return stats;
    }

    /** Turns sums over the batch into means; running statistics and centres are no gradients and stay as they are. */
    private static List<TensorStats> mean(LayerView view, List<TensorStats> raw, int examples) {
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
    private double signal(LayerSlot slot, List<TensorStats> raw, int examples) {
        Double rms = inputRms.get(slot.source());
        if (rms == null || !slot.signalReadable()) {
            return Double.NaN;
        }
        double squares = 0;
        for (int p = 0; p < raw.size(); p++) {
            if (slot.view().parameters().get(p).role() == Role.WEIGHT) {
                squares = Math.hypot(squares, raw.get(p).l2());
            }
        }
        return squares / (rms * Math.sqrt((double) examples * slot.view().fanIn()));
    }

    private double constantLoss(Model model, boolean readLabels) {
        double sum = 0;
        boolean any = false;
        Layer[] layers = Layout.layersOf(model);
        for (LayerSlot slot : layout.slots()) {
            if (slot.view().isOutput()) {
                LabelLedger ledger = ledger(slot, layers[slot.position()]);
                INDArray labels = labels(layers[slot.position()]);
                if (readLabels && labels != null) {
                    ledger.add(labels, layers[slot.position()].getMaskArray());
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

    private static @Nullable INDArray labels(Layer layer) {
        return layer instanceof IOutputLayer output ? output.getLabels() : null;
    }

    private List<INDArray> labels(Model model) {
        List<INDArray> all = new ArrayList<>();
        Layer[] layers = Layout.layersOf(model);
        for (LayerSlot slot : layout.slots()) {
            INDArray labels = slot.view().isOutput() ? labels(layers[slot.position()]) : null;
            if (labels != null) {
                all.add(labels);
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
        return TensorStats.join(arrays.stream().map(reader::read).toList());
    }

    /** Takes the update and completes the step; null where no gradient was seen in this iteration. */
    @Nullable
    Step done(Model model, int iteration, int epoch) {
        Pending now = pending;
        if (now == null) {
            return null;
        }
        INDArray flat = model.getGradientsViewArray();
        Layer[] runtime = Layout.layersOf(model);
        List<LayerStep> layers = new ArrayList<>();
        for (int i = 0; i < layout.slots().size(); i++) {
            LayerSlot slot = layout.slots().get(i);
            List<TensorStats> updates = updates(flat, slot);
            double rate = learningRate(runtime[slot.position()], iteration, epoch);
            List<ParameterStep> parameters = new ArrayList<>();
            for (int p = 0; p < updates.size(); p++) {
                parameters.add(ParameterStep.unclipped(
                        now.values().get(i).get(p), now.gradients().get(i).get(p), updates.get(p), rate));
            }
            layers.add(new LayerStep(now.signals().get(i), ActivationStats.UNREAD, List.of(), parameters));
        }
        pending = null;
        iterations++;
        return new Step(
                iteration,
                epoch,
                now.examples(),
                now.score(),
                now.loss(),
                now.constantLoss(),
                true,
                TensorStats.EMPTY,
                DataStep.of(now.features(), now.labels()),
                layers);
    }

    /** What a line search leaves in the buffer is no update: the step it took stays unknown. */
    private List<TensorStats> updates(@Nullable INDArray flat, LayerSlot slot) {
        if (searchesLines) {
            return slot.offsets().stream().map(offset -> TensorStats.EMPTY).toList();
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

    private static double learningRate(Layer layer, int iteration, int epoch) {
        return LayerReader.unwrap(layer.conf().getLayer()) instanceof BaseLayer base && base.getIUpdater() != null
                ? base.getIUpdater().getLearningRate(iteration, epoch)
                : Double.NaN;
    }

    /** Forgets an iteration that was begun and will not be completed. */
    void abandon() {
        pending = null;
    }
}
