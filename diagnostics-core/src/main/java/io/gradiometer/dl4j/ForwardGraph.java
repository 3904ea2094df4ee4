package io.gradiometer.dl4j;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.autodiff.samediff.internal.Variable;

/**
 * The part of a {@link SameDiff} that leads to its losses: what computes gradients, and what nothing comes of, is left out.
 *
 * <p>Holds the network; made where its shape is read, and dropped there.
 */
final class ForwardGraph {

    /** Operations that give the numbers they are given, in another shape or type. */
    private static final Set<String> RESHAPING = Set.of(
            "reshape",
            "permute",
            "transpose",
            "expand_dims",
            "squeeze",
            "flatten_2d",
            "identity",
            "cast",
            "Identity",
            "tile_to_shape");

    private final SameDiff graph;
    private final List<SameDiffOp> operations = new ArrayList<>();
    private final Map<String, List<SameDiffOp>> consumers = new HashMap<>();

    ForwardGraph(SameDiff graph, Collection<String> losses) {
        this.graph = graph;
        Set<String> done = new HashSet<>();
        for (String loss : losses) {
            addBefore(loss, done);
        }
        for (SameDiffOp operation : operations) {
            for (String input : inputs(operation)) {
                consumers.computeIfAbsent(input, name -> new ArrayList<>()).add(operation);
            }
        }
    }

    /** Adds what leads to a variable, deepest first; a stack of our own, for graphs can be deeper than the JVM's. */
    private void addBefore(String variable, Set<String> done) {
        Deque<SameDiffOp> open = new ArrayDeque<>();
        Set<String> entered = new HashSet<>();
        SameDiffOp last = producer(variable);
        if (last != null) {
            open.push(last);
        }
        while (!open.isEmpty()) {
            SameDiffOp operation = open.peek();
            if (done.contains(operation.getName())) {
                open.pop();
            } else if (entered.add(operation.getName())) {
                for (String input : inputs(operation)) {
                    SameDiffOp before = producer(input);
                    if (before != null && !entered.contains(before.getName()) && !done.contains(before.getName())) {
                        open.push(before);
                    }
                }
            } else {
                open.pop();
                done.add(operation.getName());
                operations.add(operation);
            }
        }
    }

    /** Returns the operations, each behind those that feed it. */
    List<SameDiffOp> operations() {
        return operations;
    }

    static List<String> inputs(SameDiffOp operation) {
        List<String> inputs = operation.getInputsToOp();
        return inputs == null ? List.of() : inputs;
    }

    static String kind(SameDiffOp operation) {
        return operation.getOp().opName();
    }

    static boolean reshapes(SameDiffOp operation) {
        return RESHAPING.contains(kind(operation));
    }

    @Nullable
    SameDiffOp producer(String variable) {
        Variable known = graph.getVariables().get(variable);
        String name = known == null ? null : known.getOutputOfOp();
        return name == null ? null : graph.getOps().get(name);
    }

    List<SameDiffOp> consumers(String variable) {
        return consumers.getOrDefault(variable, List.of());
    }

    SDVariable variable(String name) {
        return graph.getVariable(name);
    }

    boolean is(VariableType type, String name) {
        return graph.getVariable(name).getVariableType() == type;
    }

    /** Returns what a variable was before it was brought into another shape or type. */
    String origin(String variable) {
        String name = variable;
        SameDiffOp producer = producer(name);
        while (producer != null && reshapes(producer) && !inputs(producer).isEmpty()) {
            name = inputs(producer).get(0);
            producer = producer(name);
        }
        return name;
    }

    /** Tells whether data come into a variable. */
    boolean restsOnData(String variable) {
        return upstream(List.of(variable)).stream().anyMatch(name -> is(VariableType.PLACEHOLDER, name));
    }

    /** Returns the variables, given ones included, that must be known to compute the given ones. */
    Set<String> upstream(Collection<String> variables) {
        Set<String> found = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(variables);
        while (!open.isEmpty()) {
            String name = open.pop();
            if (found.add(name)) {
                SameDiffOp producer = producer(name);
                if (producer != null) {
                    open.addAll(inputs(producer));
                }
            }
        }
        return found;
    }
}
