package io.gradiometer.dl4j;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Gives every example the features of the next one, input by input, and looks how far the answers change: a network whose
 * answers do not has lost the input on the way, in dead or saturated units, or in a stack too deep for its initialisation.
 */
final class InputCheck {

    static final String NAME = "dependsOnInput";

    /** How large a change must be, relative to the smaller of the answers' own size and the spread of their labels. */
    static final double SHARE = 1e-4;

    private static final double ROUNDINGS = 4;

    private final Specimen specimen;
    private final MultiDataSet batch;
    private final Map<String, INDArray> activations;

    InputCheck(Specimen specimen, MultiDataSet batch) {
        this.specimen = specimen;
        this.batch = batch;
        this.activations = specimen.activations(batch, false);
    }

    CheckResult run() {
        List<Fact> facts = new ArrayList<>();
        for (int input = 0; input < batch.numFeatureArrays(); input++) {
            MultiDataSet moved = Batches.withNextFeatures(batch, input);
            if (Batches.change(batch.getFeatures(input), moved.getFeatures(input)) == 0) {
                throw new UnfitException("all examples of the batch have the same features" + at(input)
                        + "; give a batch of at least two that differ");
            }
            Map<String, INDArray> changed = specimen.activations(moved, false);
            List<Fact> answers = answers(input, changed);
            facts.addAll(answers);
            if (answers.stream().noneMatch(InputCheck::isLargeEnough)) {
                return failed(input, answers, changed);
            }
        }
        return CheckResult.passed(NAME, "The answers follow the features.", facts);
    }

    /** Says which input is meant, where there are several. */
    private String at(int input) {
        return batch.numFeatureArrays() == 1 ? "" : " at input " + input;
    }

    /** Returns how far each output's answers change, and how far they should at least. */
    private List<Fact> answers(int input, Map<String, INDArray> changed) {
        List<Fact> facts = new ArrayList<>();
        for (int output = 0; output < specimen.outputs().size(); output++) {
            INDArray before =
                    Specimen.activation(activations, specimen.outputs().get(output));
            INDArray after = Specimen.activation(changed, specimen.outputs().get(output));
            INDArray labels = batch.getLabels(output).castTo(before.dataType());
            double spread = Batches.change(labels, Batches.next(labels));
            double size = FlatParts.rms(before);
            double share = SHARE * (spread == 0 ? size : Math.min(size, spread));
            double limit = Math.max(share, ROUNDINGS * rounding(before.dataType()) * size);
            String which = specimen.outputs().size() == 1
                    ? ""
                    : " of '" + specimen.outputs().get(output) + "'";
            facts.add(Fact.of(
                    "change of the answers" + which + " by other features" + at(input),
                    Batches.change(before, after),
                    limit));
        }
        return facts;
    }

    private static boolean isLargeEnough(Fact fact) {
        Double limit = fact.limit();
        return limit != null && fact.value() > limit;
    }

    private static double rounding(DataType type) {
        return switch (type) {
            case DOUBLE -> Math.ulp(1.0);
            case HALF -> 1.0 / 1024;
            default -> Math.ulp(1.0f);
        };
    }

    private CheckResult failed(int input, List<Fact> answers, Map<String, INDArray> changed) {
        Set<String> reached = specimen.reachedFrom(input);
        List<LayerSlot> slots = specimen.layout().slots().stream()
                .filter(slot -> reached.contains(slot.output()))
                .toList();
        List<Fact> facts = new ArrayList<>(answers);
        int alive = -1;
        for (int i = 0; i < slots.size(); i++) {
            INDArray before = Specimen.activation(activations, slots.get(i).output());
            double size = FlatParts.rms(before);
            double share = size == 0
                    ? 0
                    : Batches.change(
                                    before,
                                    Specimen.activation(changed, slots.get(i).output()))
                            / size;
            alive = share >= SHARE ? i : alive;
            facts.add(Fact.of("relative change behind '" + slots.get(i).view().name() + "'", share));
        }
        LayerSlot lost = slots.get(Math.min(alive + 1, slots.size() - 1));
        double zeros = zeroShare(Specimen.activation(activations, lost.output()));
        String state = zeros > 0.5 ? "; " + Numbers.percent(zeros) + " of what it gives is 0" : "";
        return CheckResult.failed(
                NAME,
                "Other features" + at(input)
                        + " do not change the answers: what tells examples apart is lost in layer '"
                        + lost.view().name() + "'" + state + ".",
                facts,
                advice(lost));
    }

    private static double zeroShare(INDArray array) {
        return new TensorReader().read(array).zeroShare();
    }

    private static List<String> advice(LayerSlot lost) {
        return List.of(
                "scaled features (NormalizerStandardize), if some are far larger than others",
                "an initialisation that fits the activation of '" + lost.view().name()
                        + "' and the layers before it: WeightInit.RELU for ReLU, XAVIER for tanh",
                "LEAKYRELU instead of RELU, where units are dead",
                "ReLU instead of sigmoid in deep stacks, or batch normalisation between");
    }
}
