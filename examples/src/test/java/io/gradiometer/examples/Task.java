package io.gradiometer.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * What is to be learned: rows to train on, and rows held out, on which alone success is measured.
 *
 * @param measure of success
 * @param input the form of a row
 * @param features of the rows to train on
 * @param labels of the rows to train on
 * @param unseen features of the rows held out
 * @param truth labels of the rows held out, untouched by what a program does to its own
 * @param rule what the rule that made the data, before noise was added, answers for the rows held out
 * @param decoding turns what the network gives into the units of the truth
 */
record Task(
        Measure measure,
        InputType input,
        INDArray features,
        INDArray labels,
        INDArray unseen,
        INDArray truth,
        INDArray rule,
        UnaryOperator<INDArray> decoding) {

    /** Changes the features of all rows alike. */
    Task withFeatures(UnaryOperator<INDArray> change) {
        return new Task(measure, input, change.apply(features), labels, change.apply(unseen), truth, rule, decoding);
    }

    /** Changes the labels that are trained on, and says how the network's answers are then to be read. */
    Task withLabels(UnaryOperator<INDArray> change, UnaryOperator<INDArray> read) {
        return new Task(measure, input, features, change.apply(labels), unseen, truth, rule, read);
    }

    /** Changes the labels that are trained on. */
    Task withLabels(UnaryOperator<INDArray> change) {
        return withLabels(change, decoding);
    }

    /** Changes how success is measured. */
    Task measuredBy(Measure changed) {
        return new Task(changed, input, features, labels, unseen, truth, rule, decoding);
    }

    /** Puts the rows to train on into the order given. */
    Task inOrder(int[] order) {
        return new Task(
                measure,
                input,
                Matrices.examples(features, order),
                Matrices.examples(labels, order),
                unseen,
                truth,
                rule,
                decoding);
    }

    int outputs() {
        return (int) labels.size(1);
    }

    /** Tells whether every time step has an answer of its own. */
    boolean answersEachStep() {
        return labels.rank() == 3;
    }

    DataSetIterator batches(int size) {
        List<DataSet> batches = new ArrayList<>();
        for (long from = 0; from < features.size(0); from += size) {
            long to = Math.min(from + size, features.size(0));
            batches.add(new DataSet(rows(features, from, to), rows(labels, from, to)));
        }
        return new ListDataSetIterator<>(batches, 1);
    }

    double score(INDArray answers) {
        return measure.score(Matrices.rows(decoding.apply(answers)), Matrices.rows(truth));
    }

    /** Returns what can be reached. */
    double reference() {
        return measure.score(Matrices.rows(rule), Matrices.rows(truth));
    }

    double trivial() {
        return measure.trivial(Matrices.rows(truth));
    }

    private static INDArray rows(INDArray array, long from, long to) {
        return array.get(NDArrayIndex.interval(from, to)).dup();
    }
}
