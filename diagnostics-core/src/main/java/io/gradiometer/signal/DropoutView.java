package io.gradiometer.signal;

import org.apiguardian.api.API;

/**
 * What a layer leaves to chance while it trains: dropout at its entrance, or noise on its weights.
 *
 * <p>Deeplearning4j's {@code dropOut(0.1)} keeps a tenth, and {@code GaussianDropout(0.1)} nine tenths; here both say what is kept.
 *
 * @param type for instance {@code Dropout}
 * @param kept probability to keep a value, of multiplied noise that of the dropout which adds as much variance; NaN where nothing
 *     is dropped (added noise), where it changes by a schedule, or where it is the user's own
 */
@API(status = API.Status.EXPERIMENTAL)
public record DropoutView(String type, double kept) {}
