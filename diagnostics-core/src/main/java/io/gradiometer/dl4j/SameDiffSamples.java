package io.gradiometer.dl4j;

import io.gradiometer.signal.Yardstick;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** The examples of a {@code SameDiff} whose loss compares its output with one of the arrays of labels that it is handed. */
final class SameDiffSamples {

    private final String labels;
    private final SampleLedger ledger;

    private SameDiffSamples(String labels, SampleLedger ledger) {
        this.labels = labels;
        this.ledger = ledger;
    }

    /** Finds the labels; null where there are several losses, or one of a kind that is not known. */
    static @Nullable SameDiffSamples of(LossReader loss) {
        LossTerm term = loss.onlyDataTerm();
        String labels = term == null || term.cost() == null ? null : term.labels();
        return term == null || labels == null
                ? null
                : new SameDiffSamples(labels, new SampleLedger(LabelKind.of(term.operation()), true));
    }

    /** Counts the examples of an iteration. */
    void passed(int examples) {
        ledger.passed(examples);
    }

    /**
     * Takes a batch, while more are wanted.
     *
     * @param placeholders that training fills with the batch, by their names
     */
    void read(MultiDataSet batch, Map<String, INDArray> placeholders) {
        INDArray targets = placeholders.get(labels);
        if (targets != null && batch.getFeatures() != null && ledger.isOpen()) {
            INDArray[] masks = batch.getLabelsMaskArrays();
            ledger.read(List.of(batch.getFeatures()), targets, masks == null || masks.length == 0 ? null : masks[0]);
        }
    }

    Yardstick yardstick() {
        return ledger.yardstick();
    }
}
