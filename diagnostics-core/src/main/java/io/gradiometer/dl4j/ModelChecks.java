package io.gradiometer.dl4j;

import java.util.function.BiFunction;
import org.apiguardian.api.API;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * What a test should prove of a network before, or without, a long training.
 *
 * <p>Each check works on a copy of the network, on a thread of its own and with copies of the batch. The network that is given,
 * its listeners, the batch and the calling thread's random state are afterwards what they were before, bit for bit; no run is
 * recorded. The caller waits until the check is done. Checks are deterministic wherever the network is.
 *
 * <p>Networks are {@code MultiLayerNetwork} or {@code ComputationGraph}. All checks throw {@link IllegalArgumentException} for a
 * network or batch that cannot be checked, saying why: not initialised, no labels, labels of another width, NaN among the
 * features.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class ModelChecks {

    private ModelChecks() {}

    /** Checks that training on nothing but one batch comes to explain its labels: a skill of 0.9 in at most 1000 iterations. */
    public static CheckResult canOverfitOneBatch(Model model, MultiDataSet batch) {
        return check(model, batch, Preparation.WITHOUT_NOISE, (specimen, own) -> new OverfitCheck(specimen, own).run());
    }

    /**
     * Checks that answers change with the features, by more than rounding and in proportion to labels and answers. Of a graph,
     * that each input changes some answer.
     */
    public static CheckResult dependsOnInput(Model model, MultiDataSet batch) {
        return check(model, batch, Preparation.AS_IT_IS, (specimen, own) -> new InputCheck(specimen, own).run());
    }

    /**
     * Checks that the gradient is the slope of the loss: along the gradient and along random directions for each parameter, in
     * double precision, and by identities that hold exactly. The first test for layers, activations and losses of one's own.
     */
    public static CheckResult gradientsAreCorrect(Model model, MultiDataSet batch) {
        return check(model, batch, Preparation.EXACT, (specimen, own) -> new GradientCheck(specimen, own).run());
    }

    /** Checks that training twice from the same seed gives the same parameters, and evaluating twice the same answers. */
    public static CheckResult isDeterministic(Model model, MultiDataSet batch) {
        return check(model, batch, Preparation.AS_IT_IS, (specimen, own) -> new DeterminismCheck(
                        specimen, Specimen.of(model, Preparation.AS_IT_IS), own)
                .run());
    }

    /** Checks that a batch costs in evaluation what it costs in training, once running statistics have followed. */
    public static CheckResult trainAndEvaluationAgree(Model model, MultiDataSet batch) {
        return check(model, batch, Preparation.STANDING_STILL, (specimen, own) -> new ModesCheck(specimen, own).run());
    }

    private static CheckResult check(
            Model model,
            MultiDataSet batch,
            Preparation preparation,
            BiFunction<Specimen, MultiDataSet, CheckResult> check) {
        Fitness.ofNetwork(model);
        return OwnThread.compute(() -> {
            Fitness.ofBatch(batch);
            Specimen specimen = Specimen.of(model, preparation);
            MultiDataSet own = Batches.cast(batch, specimen.parameters().dataType());
            Fitness.ofBoth(specimen, own);
            specimen.rewind();
            return check.apply(specimen, own);
        });
    }
}
