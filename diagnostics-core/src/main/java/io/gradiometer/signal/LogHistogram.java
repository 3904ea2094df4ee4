package io.gradiometer.signal;

import java.util.List;
import org.apiguardian.api.API;

/**
 * How the magnitudes of a tensor are spread over powers of two.
 *
 * @param lowest exponent of the first bin, which counts magnitudes from {@code 2^lowest} to below {@code 2^(lowest+1)}
 * @param counts of the bins, the first and the last not 0; zeros and what is not finite are in none
 */
@API(status = API.Status.EXPERIMENTAL)
public record LogHistogram(int lowest, List<Long> counts) {

    /** Of a tensor whose magnitudes were not counted, or that has none above 0. */
    public static final LogHistogram NONE = new LogHistogram(0, List.of());

    public LogHistogram {
        counts = List.copyOf(counts);
    }
}
