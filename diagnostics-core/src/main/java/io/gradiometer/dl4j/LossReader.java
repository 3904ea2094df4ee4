package io.gradiometer.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads the loss of a {@code SameDiff}.
 *
 * <p>Training leaves out the last operations before the losses where no gradient needs their result; the loss that it then
 * reports is 0. They are computed here, from what the training computes, and the training's own report is left as it is.
 *
 * <p>Knows names only: the network is handed in, so that nothing keeps it alive. Costs the operations themselves, mostly one, or a
 * {@link PlainLoss}.
 */
final class LossReader {

    private static final LabelCost UNKNOWN = new OperationCost("", 0, 0, false);

    /** Terms that miss their total by more are not what it is made of; sums in half precision stay below. */
    private static final double ADDS_UP = 1e-2;

    private final List<String> losses;
    private final List<LossTerm> terms;
    private final List<LabelLedger> ledgers;
    private final Map<String, TailOperation> operations = new LinkedHashMap<>();
    private final Set<String> captured = new HashSet<>();
    private final boolean sums;
    private final @Nullable PlainLoss plain;

    /**
     * @param graph forward from the data to the losses
     * @param losses variables whose sum is minimised
     * @param computed variables that training computes by itself
     */
    LossReader(ForwardGraph graph, List<String> losses, List<LossTerm> terms, Set<String> computed) {
        this.losses = List.copyOf(losses);
        this.terms = terms;
        this.sums = terms.stream().anyMatch(term -> !term.penalty() && term.sums());
        this.ledgers = terms.stream().map(LossReader::ledger).toList();
        List<String> needed = new ArrayList<>(losses);
        for (LossTerm term : terms) {
            needed.add(term.variable());
            if (term.labels() != null) {
                needed.add(term.labels());
            }
        }
        Set<String> given = new HashSet<>();
        for (SameDiffOp operation : graph.operations()) {
            if (operation.getOutputsOfOp().stream().anyMatch(computed::contains)) {
                given.addAll(operation.getOutputsOfOp());
            } else {
                operations.put(operation.getName(), new TailOperation(operation));
                needed.addAll(ForwardGraph.inputs(operation));
            }
        }
        for (String name : needed) {
            if (given.contains(name)) {
                captured.add(name);
            }
        }
        plain = plain(graph);
    }

    /** Returns what computes the loss where it is a single operation that training leaves out; null if that is not so. */
    private @Nullable PlainLoss plain(ForwardGraph graph) {
        SameDiffOp last = losses.size() == 1 && terms.size() == 1 ? graph.producer(losses.get(0)) : null;
        boolean alone = last != null && operations.keySet().equals(Set.of(last.getName()));
        return last != null && alone ? PlainLoss.of(graph, last) : null;
    }

    private static LabelLedger ledger(LossTerm term) {
        LabelCost cost = term.cost();
        return new LabelLedger(cost == null ? UNKNOWN : cost);
    }

    /** Returns the variables whose values must be handed in, as training computes them. */
    Set<String> captured() {
        return captured;
    }

    /** Returns the number of loss variables. */
    int count() {
        return losses.size();
    }

    /** Returns the one term that rests on data; null where there are several. */
    @Nullable
    LossTerm onlyDataTerm() {
        List<LossTerm> onData = terms.stream().filter(term -> !term.penalty()).toList();
        return onData.size() == 1 ? onData.get(0) : null;
    }

    /** Returns what turns the gradient of the loss into its mean over the examples. */
    double shareOfExample(int examples) {
        return sums ? 1.0 / examples : 1;
    }

    /**
     * What the losses came to.
     *
     * @param total as it is minimised
     * @param data of the terms that rest on data, per example
     * @param constant what the best constant prediction would cost, per example; NaN where it cannot be told or was not
     *     asked for
     */
    record Value(double total, double data, double constant) {}

    /**
     * Computes the losses. Changes neither the network, nor random state, nor a workspace of the user's.
     *
     * @param graph that trains
     * @param known finds placeholders and captured variables
     * @param examples in the batch
     * @param readsLabels whether the labels are read, for the cost of a constant prediction
     */
    @SuppressWarnings("try") // the scope is entered for its effect
    Value compute(SameDiff graph, Function<String, INDArray> known, int examples, boolean readsLabels) {
        Map<String, INDArray> own = new HashMap<>();
        Function<String, INDArray> values = name -> value(graph, name, own, known);
        double quick = plain == null ? Double.NaN : plain.compute(values);
        boolean isKnown = !Double.isNaN(quick);
        if (isKnown && !readsLabels) {
            return single(quick, examples, false);
        }
        Random random = Nd4j.getRandom();
        long root = random.rootState();
        long node = random.nodeState();
        try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            if (!isKnown) {
                operations.forEach((name, operation) -> operation.run(graph.getOpById(name), values, own));
            }
            if (readsLabels) {
                readLabels(values);
            }
            return isKnown ? single(quick, examples, readsLabels) : value(values, examples, readsLabels);
        } finally {
            random.setStates(root, node);
        }
    }

    /** Of a loss that is one term. */
    private Value single(double total, int examples, boolean readsLabels) {
        LossTerm term = terms.get(0);
        double data = term.penalty() ? 0 : total * shareOfExample(examples);
        return new Value(total, data, readsLabels ? constant() : Double.NaN);
    }

    private Value value(Function<String, INDArray> values, int examples, boolean readsLabels) {
        double total = 0;
        for (String loss : losses) {
            total += sum(values.apply(loss));
        }
        double all = 0;
        double data = 0;
        double constant = readsLabels ? constant() : Double.NaN;
        for (LossTerm term : terms) {
            double value = sum(values.apply(term.variable()));
            all += value;
            if (!term.penalty()) {
                data += term.sums() ? value / examples : value;
            }
        }
        // Terms of different shapes are spread over each other when they are added, and then count more than once.
        boolean addsUp = !(Math.abs(all - total) > ADDS_UP * Math.abs(total));
        return addsUp ? new Value(total, data, constant) : new Value(total, total, Double.NaN);
    }

    private double constant() {
        double constant = 0;
        for (int i = 0; i < terms.size(); i++) {
            LossTerm term = terms.get(i);
            LabelLedger ledger = ledgers.get(i);
            if (!term.penalty()) {
                constant += term.factor() * (term.sums() ? ledger.constantLoss() : ledger.constantLossPerRow());
            }
        }
        return constant;
    }

    private void readLabels(Function<String, INDArray> values) {
        for (int i = 0; i < terms.size(); i++) {
            LossTerm term = terms.get(i);
            String name = term.labels();
            INDArray labels = name == null || term.cost() == null ? null : values.apply(name);
            if (labels != null && labels.rank() > 0) {
                ledgers.get(i).add(term.operation().startsWith("sparse") ? asRows(labels) : labels, null);
            }
        }
    }

    /** Class numbers have no axis of classes. */
    private static INDArray asRows(INDArray labels) {
        long[] shape = Arrays.copyOf(labels.shape(), labels.rank() + 1);
        shape[labels.rank()] = 1;
        return labels.reshape(shape);
    }

    private static double sum(INDArray array) {
        return array.length() == 1 ? array.getDouble(0) : array.sumNumber().doubleValue();
    }

    private static INDArray value(
            SameDiff graph, String name, Map<String, INDArray> own, Function<String, INDArray> known) {
        INDArray computed = own.get(name);
        if (computed != null) {
            return computed;
        }
        VariableType type = graph.getVariable(name).getVariableType();
        return type == VariableType.CONSTANT || type == VariableType.VARIABLE
                ? graph.getVariable(name).getArr()
                : known.apply(name);
    }
}
