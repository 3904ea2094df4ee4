package io.gradiometer.dl4j;

import io.gradiometer.finding.Fact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Trains two copies on the same batch from the same seed, dropout and all, and compares their parameters after each iteration,
 * bit for bit; then asks one of them twice for the same answers.
 */
final class DeterminismCheck {

    static final String NAME = "isDeterministic";

    static final int ITERATIONS = 5;

    private final Specimen first;
    private final Specimen second;
    private final MultiDataSet batch;

    DeterminismCheck(Specimen first, Specimen second, MultiDataSet batch) {
        this.first = first;
        this.second = second;
        this.batch = batch;
    }

    CheckResult run() {
        List<INDArray> expected = train(first);
        List<INDArray> actual = train(second);
        for (int i = 0; i < ITERATIONS; i++) {
            for (LayerSlot slot : first.layout().slots()) {
                for (int p = 0; p < slot.offsets().size(); p++) {
                    INDArray one = FlatParts.of(expected.get(i)).part(slot, p);
                    INDArray other = FlatParts.of(actual.get(i)).part(slot, p);
                    if (!same(one, other)) {
                        return trainedApart(slot, p, i, one.sub(other));
                    }
                }
            }
        }
        return answersTwice();
    }

    private List<INDArray> train(Specimen specimen) {
        specimen.rewind();
        List<INDArray> parameters = new ArrayList<>();
        for (int i = 0; i < ITERATIONS; i++) {
            OwnThread.stopIfAbandoned();
            specimen.fit(batch);
            parameters.add(specimen.parameters().dup());
        }
        return parameters;
    }

    /** Compares bits, so that NaN equals NaN. */
    private static boolean same(INDArray one, INDArray other) {
        return Arrays.equals(one.dup().data().asDouble(), other.dup().data().asDouble());
    }

    private static CheckResult trainedApart(LayerSlot slot, int parameter, int iteration, INDArray difference) {
        return CheckResult.failed(
                NAME,
                "Two copies, trained on the same batch from the same seed, differ from iteration " + iteration
                        + " on, first in "
                        + slot.view().parameters().get(parameter).name() + " of layer '"
                        + slot.view().name() + "'.",
                List.of(Fact.of(
                        "largest difference there", difference.amaxNumber().doubleValue(), 0)),
                List.of(
                        "Nd4j.getRandom() instead of other sources of chance in layers, losses and dropouts of your own",
                        "no state in static fields of such classes",
                        "OMP_NUM_THREADS=1, where sums are added up in an order that changes"));
    }

    private CheckResult answersTwice() {
        for (String output : first.outputs()) {
            INDArray once = first.activations(batch, false).get(output);
            INDArray again = first.activations(batch, false).get(output);
            if (once != null && again != null && !same(once, again)) {
                return CheckResult.failed(
                        NAME,
                        "Asked twice for the same answers in evaluation, the network gives different ones.",
                        List.of(Fact.of(
                                "largest difference",
                                once.sub(again).amaxNumber().doubleValue(),
                                0)),
                        List.of("no chance in layers of your own unless they are told that they train"));
            }
        }
        return CheckResult.passed(
                NAME,
                "Two copies, trained on the same batch from the same seed, are the same bit for bit.",
                List.of(Fact.of("iterations compared", ITERATIONS)));
    }
}
