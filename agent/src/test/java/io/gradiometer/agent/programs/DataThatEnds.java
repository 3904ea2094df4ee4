package io.gradiometer.agent.programs;

import java.util.List;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Data that breaks between two batches. */
final class DataThatEnds implements DataSetIterator {

    private static final long serialVersionUID = 1;

    private final transient DataSetIterator data = Samples.data(10);
    private int left;

    DataThatEnds(int batches) {
        left = batches;
    }

    @Override
    public DataSet next() {
        if (left == 0) {
            throw new IllegalStateException("no more data");
        }
        left--;
        return data.next();
    }

    @Override
    public DataSet next(int examples) {
        return next();
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public boolean asyncSupported() {
        return false;
    }

    @Override
    public boolean resetSupported() {
        return false;
    }

    @Override
    public void reset() {
        throw new UnsupportedOperationException("read once");
    }

    @Override
    public int inputColumns() {
        return data.inputColumns();
    }

    @Override
    public int totalOutcomes() {
        return data.totalOutcomes();
    }

    @Override
    public int batch() {
        return data.batch();
    }

    @Override
    public void setPreProcessor(DataSetPreProcessor preProcessor) {
        data.setPreProcessor(preProcessor);
    }

    @Override
    public DataSetPreProcessor getPreProcessor() {
        return data.getPreProcessor();
    }

    @Override
    public List<String> getLabels() {
        return data.getLabels();
    }
}
