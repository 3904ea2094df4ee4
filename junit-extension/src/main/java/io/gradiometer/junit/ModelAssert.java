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

    /** Claims that the answers follow the features; of a graph, those at each input. */
    public ModelAssert dependsOnInput(DataSet batch) {
        return dependsOnInput(multi(batch));
    }

    /** Claims that the answers follow the features; of a graph, those at each input. */
    public ModelAssert dependsOnInput(MultiDataSet batch) {
        return claim(ModelChecks::dependsOnInput, batch);
    }

    /** Claims that the gradient is the slope of the loss, which layers, activations and losses of one's own may get wrong. */
    public ModelAssert gradientsAreCorrect(DataSet batch) {
        return gradientsAreCorrect(multi(batch));
    }

    /** Claims that the gradient is the slope of the loss, which layers, activations and losses of one's own may get wrong. */
    public ModelAssert gradientsAreCorrect(MultiDataSet batch) {
        return claim(ModelChecks::gradientsAreCorrect, batch);
    }

    /** Claims that training from the same seed ends in the same parameters, bit for bit. */
    public ModelAssert isDeterministic(DataSet batch) {
        return isDeterministic(multi(batch));
    }

    /** Claims that training from the same seed ends in the same parameters, bit for bit. */
    public ModelAssert isDeterministic(MultiDataSet batch) {
        return claim(ModelChecks::isDeterministic, batch);
    }

    /** Claims that a batch costs in evaluation what it costs in training, dropout aside. */
    public ModelAssert trainAndEvaluationAgree(DataSet batch) {
        return trainAndEvaluationAgree(multi(batch));
    }

    /** Claims that a batch costs in evaluation what it costs in training, dropout aside. */
    public ModelAssert trainAndEvaluationAgree(MultiDataSet batch) {
        return claim(ModelChecks::trainAndEvaluationAgree, batch);
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
