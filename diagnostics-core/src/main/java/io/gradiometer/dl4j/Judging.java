package io.gradiometer.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Judges trained networks on held-out examples: the mean {@link AnswerSkill} of their outputs. */
final class Judging {

    private final List<AnswerSkill> skills = new ArrayList<>();
    private final List<Boolean> channelsLast = new ArrayList<>();
    private final List<List<double[]>> heldOut = new ArrayList<>();
    private final List<List<double[]>> training = new ArrayList<>();
    private final TrialData data;

    /** Made from the network as it was, whose outputs say what the labels are. */
    Judging(Model network, TrialData data) {
        this.data = data;
        for (int output = 0; output < outputs(network); output++) {
            org.deeplearning4j.nn.conf.layers.Layer layer = outputLayer(network, output);
            org.nd4j.linalg.lossfunctions.ILossFunction loss = LayerReader.loss(layer);
            if (loss == null) {
                throw new UnfitException("an output is no output layer, so there are no labels to judge it by");
            }
            channelsLast.add(LabelLedger.hasChannelsLast(layer));
            training.add(labels(data.training(), output));
            heldOut.add(labels(data.heldOut(), output));
            if (training.get(output).isEmpty() || heldOut.get(output).isEmpty()) {
                throw new UnfitException("all labels are masked, so there is nothing to judge by");
            }
            skills.add(AnswerSkill.of(training.get(output), LabelKind.of(loss)));
        }
    }

    private static int outputs(Model network) {
        return network instanceof ComputationGraph graph ? graph.getNumOutputArrays() : 1;
    }

    private static org.deeplearning4j.nn.conf.layers.Layer outputLayer(Model network, int output) {
        org.deeplearning4j.nn.api.Layer layer = network instanceof ComputationGraph graph
                ? graph.getOutputLayer(output)
                : ((MultiLayerNetwork) network).getOutputLayer();
        return LayerReader.unwrap(layer.conf().getLayer());
    }

    private List<double[]> labels(List<MultiDataSet> batches, int output) {
        List<double[]> rows = new ArrayList<>();
        for (MultiDataSet batch : batches) {
            add(rows, batch, output, batch.getLabels(output));
        }
        return rows;
    }

    private void add(List<double[]> rows, MultiDataSet batch, int output, INDArray array) {
        INDArray all = Batches.rows(array, Batches.labelMask(batch, output), channelsLast.get(output));
        if (!all.isEmpty()) {
            rows.addAll(List.of(all.castTo(DataType.DOUBLE).toDoubleMatrix()));
        }
    }

    String metric() {
        return skills.get(0).metric();
    }

    List<AnswerSkill> skills() {
        return skills;
    }

    List<double[]> trainingLabels(int output) {
        return training.get(output);
    }

    List<double[]> heldOutLabels(int output) {
        return heldOut.get(output);
    }

    /** Returns the standard error that judging on so few examples has at most. */
    double error() {
        return 0.5 / Math.sqrt(heldOut.get(0).size());
    }

    double skill(Model network, TrainingSet form) {
        List<List<double[]>> answers = new ArrayList<>();
        skills.forEach(skill -> answers.add(new ArrayList<>()));
        for (MultiDataSet batch : data.heldOut()) {
            INDArray[] given = answers(network, form.features(batch));
            form.restore(given);
            for (int output = 0; output < given.length; output++) {
                add(answers.get(output), batch, output, given[output]);
            }
        }
        double sum = 0;
        for (int output = 0; output < skills.size(); output++) {
            double skill = skills.get(output).skill(answers.get(output), heldOut.get(output));
            if (Double.isNaN(skill)) {
                throw new UnfitException("all held-out labels are equal, so that a constant answers them");
            }
            sum += skill;
        }
        return sum / skills.size();
    }

    private static INDArray[] answers(Model network, MultiDataSet batch) {
        if (network instanceof ComputationGraph graph) {
            INDArray[] given = graph.output(
                    false, batch.getFeatures(), batch.getFeaturesMaskArrays(), batch.getLabelsMaskArrays());
            graph.clearLayerMaskArrays();
            return given;
        }
        MultiLayerNetwork stack = (MultiLayerNetwork) network;
        INDArray given =
                stack.output(batch.getFeatures(0), false, batch.getFeaturesMaskArray(0), batch.getLabelsMaskArray(0));
        stack.clearLayerMaskArrays();
        return new INDArray[] {given};
    }
}
