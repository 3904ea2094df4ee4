package io.gradiometer.signal;

import java.util.List;
import org.apiguardian.api.API;

/**
 * The data of one batch; what was not read is empty.
 *
 * @param features all inputs together
 * @param labels all labels together
 * @param inputColumns of the first batches, of all inputs one after the other
 * @param labelColumns of the first batches, of all outputs one after the other
 */
@API(status = API.Status.EXPERIMENTAL)
public record DataStep(
        TensorStats features, TensorStats labels, List<ColumnStats> inputColumns, List<ColumnStats> labelColumns) {

    /** Of a batch that was not read. */
    public static final DataStep UNREAD = new DataStep(TensorStats.EMPTY, TensorStats.EMPTY, List.of(), List.of());

    public DataStep {
        inputColumns = List.copyOf(inputColumns);
        labelColumns = List.copyOf(labelColumns);
    }

    /** A batch of which only the sizes were read. */
    public static DataStep of(TensorStats features, TensorStats labels) {
        return new DataStep(features, labels, List.of(), List.of());
    }
}
