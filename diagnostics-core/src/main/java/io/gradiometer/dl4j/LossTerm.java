package io.gradiometer.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.loss.BaseLoss;

/**
 * One of the terms whose sum is the loss of a {@code SameDiff}.
 *
 * @param variable that holds its value
 * @param operation that makes it a loss
 * @param penalty whether it rests on parameters alone, and is no loss on data
 * @param sums whether it grows with the number of examples
 * @param factor that it is multiplied by, a user's weighting of tasks for instance
 * @param labels variable that holds the labels; null where they cannot be told
 * @param cost of a constant prediction; null where it cannot be told
 */
record LossTerm(
        String variable,
        String operation,
        boolean penalty,
        boolean sums,
        double factor,
        @Nullable String labels,
        @Nullable LabelCost cost) {

    // How losses bring the values of rows and columns together, as ND4J numbers it.
    private static final long UNREDUCED = 0;
    private static final long SUM = 1;
    private static final long MEAN_BY_WEIGHT = 2;

    /** Losses that give one value for each row and leave it to the user to bring them together. */
    private static final Set<String> BY_ROW =
            Set.of("sparse_softmax_cross_entropy_loss_with_logits", "softmax_cross_entropy_loss_with_logits");

    /** Reads the terms of losses, taking additions apart. */
    static List<LossTerm> of(ForwardGraph graph, List<String> losses) {
        List<LossTerm> terms = new ArrayList<>();
        for (String loss : losses) {
            addTerms(graph, loss, terms);
        }
        return List.copyOf(terms);
    }

    private static void addTerms(ForwardGraph graph, String variable, List<LossTerm> terms) {
        SameDiffOp producer = graph.producer(variable);
        if (producer != null && ForwardGraph.kind(producer).equals("add")) {
            for (String part : ForwardGraph.inputs(producer)) {
                addTerms(graph, part, terms);
            }
        } else {
            terms.add(new Reading(graph).term(variable));
        }
    }

    /** Walks from a term's value down to the operation that makes it a loss. */
    private static final class Reading {
        private final ForwardGraph graph;
        private double factor = 1;
        private @Nullable Boolean sums;

        Reading(ForwardGraph graph) {
            this.graph = graph;
        }

        LossTerm term(String variable) {
            boolean penalty = !graph.restsOnData(variable);
            SameDiffOp operation = graph.producer(variable);
            while (operation != null && !OperationCost.knows(ForwardGraph.kind(operation))) {
                String further = passThrough(operation);
                if (further == null) {
                    break;
                }
                operation = graph.producer(further);
            }
            if (operation == null) {
                return new LossTerm(variable, "", penalty, sumsOr(false), factor, null, null);
            }
            return OperationCost.knows(ForwardGraph.kind(operation))
                    ? known(variable, operation, penalty)
                    : new LossTerm(variable, ForwardGraph.kind(operation), penalty, sumsOr(false), factor, null, null);
        }

        private boolean sumsOr(boolean otherwise) {
            Boolean known = sums;
            return known == null ? otherwise : known;
        }

        /** Returns the input of an operation that only brings values together or scales them; null for all others. */
        private @Nullable String passThrough(SameDiffOp operation) {
            String kind = ForwardGraph.kind(operation);
            List<String> inputs = ForwardGraph.inputs(operation);
            if (kind.equals("reduce_mean") || kind.equals("reduce_sum")) {
                // The outermost is the one over the examples.
                sums = sumsOr(kind.equals("reduce_sum"));
                return inputs.get(0);
            } else if (kind.equals("multiply")) {
                return scaled(inputs.get(0), inputs.get(1));
            }
            return ForwardGraph.reshapes(operation) ? inputs.get(0) : null;
        }

        private @Nullable String scaled(String left, String right) {
            boolean leftIsConstant = graph.is(VariableType.CONSTANT, left);
            String constant = leftIsConstant ? left : right;
            INDArray value = graph.is(VariableType.CONSTANT, constant)
                    ? graph.variable(constant).getArr()
                    : null;
            if (value == null || value.length() != 1) {
                return null;
            }
            factor *= value.getDouble(0);
            return leftIsConstant ? right : left;
        }

        private LossTerm known(String variable, SameDiffOp operation, boolean penalty) {
            String kind = ForwardGraph.kind(operation);
            DynamicCustomOp loss = (DynamicCustomOp) operation.getOp();
            List<String> inputs = ForwardGraph.inputs(operation);
            if (BY_ROW.contains(kind)) {
                boolean labelsFirst = kind.startsWith("sparse");
                boolean added = sumsOr(true);
                boolean lastAxis = labelsFirst || loss.numIArguments() == 0 || loss.getIArgument(0) <= 1;
                return new LossTerm(
                        variable,
                        kind,
                        penalty,
                        added,
                        factor,
                        inputs.get(labelsFirst ? 0 : 1),
                        lastAxis ? new OperationCost(kind, 0, 0, added) : null);
            }
            long reduce = loss.getIArgument(0);
            boolean reduced = reduce != UNREDUCED;
            boolean added = reduced ? reduce == SUM : sumsOr(true);
            double weight = weight(inputs.get(1), reduce);
            double last = loss.numTArguments() == 0 ? 0 : loss.getTArgument(loss.numTArguments() - 1);
            boolean smooths = kind.contains("cross_entropy");
            return new LossTerm(
                    variable,
                    kind,
                    penalty,
                    added,
                    factor * weight,
                    inputs.get(2),
                    Double.isNaN(weight) || !(loss instanceof BaseLoss)
                            ? null
                            : new OperationCost(kind, smooths ? last : 0, smooths ? 0 : last, added));
        }

        /** Weights of their own for examples or classes would have to be applied to the labels, too. */
        private double weight(String weights, long reduce) {
            INDArray value = graph.is(VariableType.CONSTANT, weights)
                    ? graph.variable(weights).getArr()
                    : null;
            if (value == null || value.length() != 1) {
                return Double.NaN;
            }
            return reduce == MEAN_BY_WEIGHT ? 1 : value.getDouble(0);
        }
    }
}
