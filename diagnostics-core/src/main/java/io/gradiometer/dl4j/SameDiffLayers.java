package io.gradiometer.dl4j;

import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.UpdaterView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * Finds layers in a {@code SameDiff}, which knows none: a layer is the operation that takes a trained variable first, with what
 * is then added to its result or multiplied with it.
 */
final class SameDiffLayers {

    private static final Set<String> PRODUCTS = Set.of("matmul", "xw_plus_b", "relu_layer");
    private static final Set<String> CONVOLUTIONS = Set.of("conv1d", "conv2d", "conv3dnew");
    private static final Set<String> OTHER_CONVOLUTIONS =
            Set.of("deconv2d", "deconv2d_tf", "deconv3d", "depthwise_conv2d", "sconv2d");
    private static final Set<String> RECURRENT =
            Set.of("lstmLayer", "lstmCell", "lstmBlock", "lstmBlockCell", "gru", "gruCell", "sru", "sruCell");
    private static final Set<String> LOOKUPS = Set.of("gather", "gather_nd", "embedding_lookup");
    private static final Set<String> NORMALIZATIONS = Set.of("batchnorm", "layer_norm");
    private static final Set<String> SHIFTS = Set.of("add", "biasadd", "subtract");
    private static final Set<String> SCALINGS = Set.of("multiply", "divide");

    private static final Set<String> TURNS = Set.of("transpose", "permute");

    /** Operations that are activations, under the names that Deeplearning4j has for them. */
    private static final Map<String, String> ACTIVATIONS = Map.ofEntries(
            Map.entry("relu", "relu"),
            Map.entry("relu6", "relu6"),
            Map.entry("leakyrelu", "leakyrelu"),
            Map.entry("prelu", "prelu"),
            Map.entry("elu", "elu"),
            Map.entry("selu", "selu"),
            Map.entry("gelu", "gelu"),
            Map.entry("precise_gelu", "gelu"),
            Map.entry("sigmoid", "sigmoid"),
            Map.entry("hard_sigmoid", "hardsigmoid"),
            Map.entry("tanh", "tanh"),
            Map.entry("hardtanh", "hardtanh"),
            Map.entry("rational_tanh", "rationaltanh"),
            Map.entry("rectified_tanh", "rectifiedtanh"),
            Map.entry("softmax", "softmax"),
            Map.entry("log_softmax", "softmax"),
            Map.entry("softplus", "softplus"),
            Map.entry("softsign", "softsign"),
            Map.entry("swish", "swish"),
            Map.entry("mish", "mish"),
            Map.entry("cube", "cube"));

    private final ForwardGraph graph;
    private final Set<String> trained;
    private final UpdaterView updater;
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final Map<Draft, String> losses = new LinkedHashMap<>();

    /** A layer as far as it is known. */
    private static final class Draft {
        private final SameDiffOp operation;
        private final List<String> variables = new ArrayList<>();
        private final List<ParameterView> parameters = new ArrayList<>();
        private long fanIn;
        private long fanOut;
        private String source = "";
        private long units;
        private boolean unitsFirst;

        Draft(SameDiffOp operation) {
            this.operation = operation;
        }
    }

    private SameDiffLayers(ForwardGraph graph, Set<String> trained, UpdaterView updater) {
        this.graph = graph;
        this.trained = trained;
        this.updater = updater;
    }

    /**
     * Returns the layers, those nearest the data first.
     *
     * @param trained variables that have a gradient
     */
    static List<SameDiffSlot> of(ForwardGraph graph, Set<String> trained, List<LossTerm> terms, UpdaterView updater) {
        SameDiffLayers layers = new SameDiffLayers(graph, trained, updater);
        layers.gather();
        for (LossTerm term : terms) {
            if (!term.penalty()) {
                layers.markOutput(term);
            }
        }
        return layers.slots();
    }

    private void gather() {
        Set<String> taken = new HashSet<>();
        for (SameDiffOp operation : graph.operations()) {
            List<String> inputs = ForwardGraph.inputs(operation);
            for (int i = 0; i < inputs.size() && !ForwardGraph.reshapes(operation); i++) {
                String variable = graph.origin(inputs.get(i));
                if (trained.contains(variable) && taken.add(variable)) {
                    take(variable, operation, i);
                }
            }
        }
    }

    private void take(String variable, SameDiffOp operation, int position) {
        Draft earlier = isElementwise(operation) ? before(operation, position) : null;
        Draft draft =
                earlier == null ? drafts.computeIfAbsent(operation.getName(), name -> new Draft(operation)) : earlier;
        long[] shape = graph.variable(variable).getArr().shape();
        Role role = role(operation, position, shape.length);
        boolean first = draft.parameters.stream().noneMatch(p -> p.role() == Role.WEIGHT);
        draft.variables.add(variable);
        draft.parameters.add(new ParameterView(
                variable, role, graph.variable(variable).getArr().length()));
        if (role == Role.WEIGHT && first) {
            measure(draft, operation, position, shape);
        } else if (role == Role.RECURRENT_WEIGHT) {
            draft.units = shape[0];
        } else if (draft.units == 0 && normalizes(draft.operation)) {
            draft.units = graph.variable(variable).getArr().length();
        }
    }

    private static boolean isElementwise(SameDiffOp operation) {
        return SHIFTS.contains(ForwardGraph.kind(operation)) || SCALINGS.contains(ForwardGraph.kind(operation));
    }

    /** Returns the layer to whose result the operation adds or multiplies; null if it is none's. */
    private @Nullable Draft before(SameDiffOp operation, int position) {
        SameDiffOp current = operation;
        int taken = position;
        while (true) {
            List<String> inputs = ForwardGraph.inputs(current);
            SameDiffOp producer =
                    inputs.size() < 2 && taken >= 0 ? null : graph.producer(inputs.get(taken == 0 ? 1 : 0));
            if (producer == null) {
                return null;
            } else if (drafts.containsKey(producer.getName())) {
                return drafts.get(producer.getName());
            } else if (!ForwardGraph.reshapes(producer) && !isElementwise(producer)) {
                return null;
            }
            current = producer;
            taken = variableAmong(producer);
        }
    }

    /** Returns where an operation takes a trained variable, -1 if it takes none. */
    private int variableAmong(SameDiffOp operation) {
        List<String> inputs = ForwardGraph.inputs(operation);
        for (int i = 0; i < inputs.size(); i++) {
            if (trained.contains(graph.origin(inputs.get(i)))) {
                return i;
            }
        }
        return -1;
    }

    private static Role role(SameDiffOp operation, int position, int rank) {
        String kind = ForwardGraph.kind(operation);
        if (SHIFTS.contains(kind)) {
            return Role.BIAS;
        } else if (SCALINGS.contains(kind) || NORMALIZATIONS.contains(kind)) {
            return Role.SCALE;
        } else if (kind.equals("matmul") || LOOKUPS.contains(kind)) {
            return Role.WEIGHT;
        } else if (RECURRENT.contains(kind)) {
            boolean input = position == 1;
            return rank < 2 ? Role.BIAS : input ? Role.WEIGHT : Role.RECURRENT_WEIGHT;
        } else if (PRODUCTS.contains(kind) || CONVOLUTIONS.contains(kind) || OTHER_CONVOLUTIONS.contains(kind)) {
            return rank < 2 ? Role.BIAS : Role.WEIGHT;
        }
        return Role.OTHER;
    }

    private void measure(Draft draft, SameDiffOp operation, int position, long[] shape) {
        String kind = ForwardGraph.kind(operation);
        if (shape.length < 2 || LOOKUPS.contains(kind)) {
            return;
        }
        long size = 1;
        for (long length : shape) {
            size *= length;
        }
        long in = shape[shape.length - 2];
        long out = shape[shape.length - 1];
        DynamicCustomOp custom = (DynamicCustomOp) operation.getOp();
        if (kind.equals("matmul")) {
            boolean turned = custom.numIArguments() > position && custom.getIArgument(position) != 0;
            boolean inFirst = (position == 1) != turned;
            in = inFirst ? shape[0] : shape[1];
            out = inFirst ? shape[1] : shape[0];
        } else if (CONVOLUTIONS.contains(kind) && outputsComeFirst(kind, custom)) {
            out = shape[0];
            in = size / shape[0] == 0 ? 0 : shape[1];
        }
        long area = Math.max(1, size / Math.max(1, in * out));
        draft.fanIn = in * area;
        draft.fanOut = out * area;
        draft.units = RECURRENT.contains(kind) ? draft.units : units(kind, in, out);
        draft.unitsFirst = kind.equals("matmul") && position == 0 && !turnsResult(custom);
        if (PRODUCTS.contains(kind) || CONVOLUTIONS.contains(kind)) {
            draft.source = ForwardGraph.inputs(operation).get(position == 0 ? 1 : 0);
        }
    }

    /** The weights of some convolutions end otherwise than in inputs and outputs. */
    private static long units(String kind, long beforeLast, long last) {
        if (kind.startsWith("deconv")) {
            return beforeLast;
        } else if (kind.equals("depthwise_conv2d")) {
            return beforeLast * last;
        }
        return kind.equals("sconv2d") ? 0 : last;
    }

    private static boolean turnsResult(DynamicCustomOp product) {
        return product.numIArguments() > 2 && product.getIArgument(2) != 0;
    }

    /** Convolutions can be told to keep their weights with the output channels first. */
    private static boolean outputsComeFirst(String kind, DynamicCustomOp convolution) {
        int argument = kind.equals("conv1d") ? 6 : kind.equals("conv2d") ? 10 : 14;
        return convolution.numIArguments() > argument && convolution.getIArgument(argument) != 0;
    }

    /** Walks from a loss back to the nearest layer. */
    private void markOutput(LossTerm term) {
        Deque<String> open = new ArrayDeque<>(List.of(term.variable()));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            SameDiffOp producer = graph.producer(open.remove());
            if (producer != null && seen.add(producer.getName())) {
                Draft draft = drafts.get(producer.getName());
                if (draft != null) {
                    losses.putIfAbsent(draft, term.operation());
                    return;
                }
                open.addAll(ForwardGraph.inputs(producer));
            }
        }
    }

    private List<SameDiffSlot> slots() {
        List<String> names = new LayerNames(
                        drafts.values().stream().map(draft -> draft.variables).toList())
                .names();
        List<SameDiffSlot> slots = new ArrayList<>();
        for (Draft draft : drafts.values()) {
            slots.add(slot(draft, names.get(slots.size())));
        }
        return slots;
    }

    private SameDiffSlot slot(Draft draft, String name) {
        String loss = losses.get(draft);
        String kind = ForwardGraph.kind(draft.operation);
        SameDiffOutput output = output(draft, loss);
        LayerView view = new LayerView(
                name,
                LOOKUPS.contains(kind) ? "Embedding" : kind,
                output.activation() == null ? activationIn(loss) : output.activation(),
                null,
                updater,
                false,
                loss,
                draft.fanIn,
                draft.fanOut,
                draft.parameters);
        return new SameDiffSlot(view, List.copyOf(draft.variables), draft.source, output);
    }

    /** Follows what a layer gives up to its activation, or to where its way ends. */
    private SameDiffOutput output(Draft draft, @Nullable String loss) {
        SameDiffOp current = draft.operation;
        boolean unitsFirst = draft.unitsFirst;
        String activation = ForwardGraph.kind(current).equals("relu_layer") ? "relu" : null;
        boolean pending = false;
        SameDiffOp next = activation == null ? following(current) : null;
        while (next != null) {
            current = next;
            unitsFirst ^= TURNS.contains(ForwardGraph.kind(current));
            activation = ACTIVATIONS.get(ForwardGraph.kind(current));
            pending = ForwardGraph.kind(current).equals("log_softmax");
            next = activation == null ? following(current) : null;
        }
        String variable = current.getOutputsOfOp().get(0);
        if (activation == null && loss != null && isAnsweredIn(loss, variable)) {
            activation = activationIn(loss);
            pending = !"identity".equals(activation);
        }
        return new SameDiffOutput(variable, activation, pending, axis(draft, unitsFirst), draft.units);
    }

    /** Returns the activation behind an operation, or what leads on to it; null where neither follows. */
    private @Nullable SameDiffOp following(SameDiffOp operation) {
        List<SameDiffOp> consumers = graph.consumers(operation.getOutputsOfOp().get(0));
        if (consumers.size() != 1) {
            return null;
        }
        SameDiffOp next = consumers.get(0);
        boolean leadsOn = (isElementwise(next) || ForwardGraph.reshapes(next)) && !drafts.containsKey(next.getName());
        return leadsOn || normalizes(next) || ACTIVATIONS.containsKey(ForwardGraph.kind(next)) ? next : null;
    }

    /** Tells whether a loss is computed right from a variable, and not from its labels' side. */
    private boolean isAnsweredIn(String loss, String variable) {
        int position = loss.startsWith("sparse") ? 1 : 0;
        return graph.consumers(variable).stream()
                .anyMatch(next -> ForwardGraph.kind(next).equals(loss)
                        && ForwardGraph.inputs(next).get(position).equals(variable));
    }

    private static SameDiffOutput.UnitAxis axis(Draft draft, boolean unitsFirst) {
        String kind = ForwardGraph.kind(draft.operation);
        if (unitsFirst) {
            return SameDiffOutput.UnitAxis.FIRST;
        }
        return PRODUCTS.contains(kind) || LOOKUPS.contains(kind) || kind.equals("layer_norm")
                ? SameDiffOutput.UnitAxis.LAST
                : SameDiffOutput.UnitAxis.BY_SIZE;
    }

    private static boolean normalizes(SameDiffOp operation) {
        return NORMALIZATIONS.contains(ForwardGraph.kind(operation));
    }

    /** Some losses apply the activation of the output themselves. */
    private static @Nullable String activationIn(@Nullable String loss) {
        if (loss == null) {
            return null;
        } else if (loss.contains("softmax")) {
            return "softmax";
        }
        return loss.equals("sigm_cross_entropy_loss") ? "sigmoid" : "identity";
    }
}
