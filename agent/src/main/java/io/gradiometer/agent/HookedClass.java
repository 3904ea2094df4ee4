package io.gradiometer.agent;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A class of Deeplearning4j that the agent listens in on.
 *
 * @param name of the class
 * @param hooks all of which it must have room for
 */
record HookedClass(String name, List<Hook> hooks) {

    /**
     * A method, and what is called in it.
     *
     * @param method its name
     * @param parameters simple names of its parameters' types, which tell overloads apart
     * @param advice name of the class whose code is put into it
     * @param onlyFailingFast whether it is needed only to stop a training
     */
    record Hook(String method, List<String> parameters, String advice, boolean onlyFailingFast) {

        static Hook of(String method, List<String> parameters, Class<?> advice) {
            return new Hook(method, parameters, advice.getName(), false);
        }
    }

    private static final String WORKSPACES = "LayerWorkspaceMgr";
    private static final String NN = "org.deeplearning4j.nn.";
    private static final String SOLVERS = "org.deeplearning4j.optimize.solvers.";

    private static final Hook END =
            new Hook("optimize", List.of(WORKSPACES), EndOfIterationAdvice.class.getName(), true);

    static final List<HookedClass> ALL = List.of(
            new HookedClass(
                    NN + "multilayer.MultiLayerNetwork",
                    List.of(
                            Hook.of(
                                    "ffToLayerActivationsInWs",
                                    List.of("int", "FwdPassType", "boolean", "INDArray", "INDArray", "INDArray"),
                                    ForwardAdvice.OfNetwork.class),
                            Hook.of("pretrainLayer", List.of("int", "DataSetIterator", "int"), PretrainAdvice.class),
                            Hook.of("pretrainLayer", List.of("int", "INDArray"), PretrainAdvice.class),
                            Hook.of("fitHelper", List.of("DataSetIterator"), FailureAdvice.class),
                            Hook.of(
                                    "fitHelper",
                                    List.of("INDArray", "INDArray", "INDArray", "INDArray"),
                                    FailureAdvice.class))),
            new HookedClass(
                    NN + "graph.ComputationGraph",
                    List.of(
                            Hook.of(
                                    "ffToLayerActivationsInWS",
                                    List.of(
                                            "boolean",
                                            "int",
                                            "int[]",
                                            "FwdPassType",
                                            "boolean",
                                            "INDArray[]",
                                            "INDArray[]",
                                            "INDArray[]",
                                            "boolean"),
                                    ForwardAdvice.OfGraph.class),
                            Hook.of(
                                    "pretrainLayerHelper",
                                    List.of("String", "MultiDataSetIterator", "int"),
                                    PretrainAdvice.class),
                            Hook.of("fit", List.of("MultiDataSetIterator"), FailureAdvice.class),
                            Hook.of(
                                    "fitHelper",
                                    List.of("INDArray[]", "INDArray[]", "INDArray[]", "INDArray[]"),
                                    FailureAdvice.class))),
            new HookedClass(
                    SOLVERS + "BaseOptimizer",
                    List.of(
                            Hook.of(
                                    "updateGradientAccordingToParams",
                                    List.of("Gradient", "Model", "int", WORKSPACES),
                                    GradientAdvice.class),
                            Hook.of("incrementIterationCount", List.of("Model", "int"), DoneAdvice.class),
                            END)),
            new HookedClass(SOLVERS + "StochasticGradientDescent", List.of(END)),
            new HookedClass(
                    "org.nd4j.autodiff.samediff.SameDiff",
                    List.of(Hook.of(
                            "fitHelper",
                            List.of("MultiDataSetIterator", "int", "boolean", "MultiDataSetIterator", "int", "List"),
                            SameDiffAdvice.class))));

    private static final Map<String, HookedClass> BY_INTERNAL_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(HookedClass::internalName, Function.identity()));

    static Optional<HookedClass> of(String internalName) {
        return Optional.ofNullable(BY_INTERNAL_NAME.get(internalName));
    }

    static boolean isHooked(Class<?> type) {
        return ALL.stream().anyMatch(hooked -> hooked.name().equals(type.getName()));
    }

    String internalName() {
        return name.replace('.', '/');
    }

    Stream<Hook> hooks(boolean failFast) {
        return hooks.stream().filter(hook -> failFast || !hook.onlyFailingFast());
    }
}
