package io.gradiometer.dl4j;

import io.gradiometer.signal.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.BaseListener;
import org.nd4j.autodiff.listeners.Loss;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.autodiff.samediff.internal.Variable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Feeds a probe from real callbacks and keeps every step. */
final class SameDiffSteps extends BaseListener {

    final List<Step> all = new ArrayList<>();
    private final Set<String> wanted = new HashSet<>();
    private @Nullable SameDiffProbe probe;

    SameDiffSteps(SameDiff network) {
        network.addListeners(this);
    }

    SameDiffProbe probe() {
        if (probe == null) {
            throw new AssertionError("nothing trained");
        }
        return probe;
    }

    Step last() {
        return all.get(all.size() - 1);
    }

    @Override
    public boolean isActive(Operation operation) {
        return operation == Operation.TRAINING;
    }

    @Override
    public void iterationStart(SameDiff sd, At at, MultiDataSet data, long etlMs) {
        if (probe == null) {
            probe = new SameDiffProbe(sd, false);
        }
        wanted.clear();
        wanted.addAll(probe().begin(sd, data));
    }

    @Override
    public void activationAvailable(
            SameDiff sd, At at, MultiDataSet batch, SameDiffOp op, String varName, INDArray activation) {
        if (wanted.contains(varName)) {
            probe().computed(sd, varName, activation);
        }
    }

    @Override
    public void preUpdate(SameDiff sd, At at, Variable v, INDArray update) {
        probe().update(v, update);
    }

    @Override
    public void iterationDone(SameDiff sd, At at, MultiDataSet dataSet, Loss loss) {
        Step step = probe().done(sd, at, loss);
        if (step != null) {
            all.add(step);
        }
    }
}
