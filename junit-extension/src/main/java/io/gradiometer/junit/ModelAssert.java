package io.gradiometer.junit;

import io.gradiometer.dl4j.CheckResult;
import io.gradiometer.dl4j.ModelChecks;
import java.util.function.BiFunction;
import org.apiguardian.api.API;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * What can be claimed of a network, on one batch, without training it for long.
 *
 * <p>Works on copies: the network, its listeners, the batch and the random state of the test are untouched. Networks and batches
 * that cannot be checked, an uninitialised network for instance, end in an {@link IllegalArgumentException} that says why.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class ModelAssert {

    private final Model model;

    ModelAssert(Model model) {
        this.model = model;
    }

    /** Claims that the network can learn a batch by heart, as one whose layers, loss and labels fit each other can. */
    public ModelAssert canOverfitOneBatch(DataSet batch) {
        return canOverfitOneBatch(multi(batch));
    }

    /** Claims that the network can learn a batch by heart, as one whose layers, loss and labels fit each other can. */
    public ModelAssert canOverfitOneBatch(MultiDataSet batch) {
        return claim(ModelChecks::canOverfitOneBatch, batch);
    }

    // A batch of null is refused with the others that cannot be checked.
    @SuppressWarnings("NullAway")
    private static MultiDataSet multi(@Nullable DataSet batch) {
        return batch == null ? null : batch.toMultiDataSet();
    }

    private ModelAssert claim(BiFunction<Model, MultiDataSet, CheckResult> check, MultiDataSet batch) {
        CheckResult result = check.apply(model, batch);
        if (!result.passed()) {
            throw new DiagnosisError(result.text());
        }
        return this;
    }
}
