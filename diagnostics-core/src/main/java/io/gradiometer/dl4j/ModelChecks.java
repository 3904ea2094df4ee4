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
