package io.gradiometer.detector;

import io.gradiometer.finding.Verdict;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;
import org.apiguardian.api.API;

/**
 * Looks for one defect: a fold over the steps of one run that ends in a value.
 *
 * <p><strong>Contract.</strong> Called by one thread at a time: {@code start} once, then {@code step} in order of training,
 * {@code verdict} at any time and as often as wanted. State stays bounded however long the run; no clock, no files, no
 * chance, so that a replayed run ends in the same verdict. Steps are kept nowhere but reduced to numbers at once. An
 * exception does not reach the training: the detector then counts as inconclusive.
 */
@API(status = API.Status.EXPERIMENTAL)
public interface Detector {

    /** Learns the shape of the network. */
    void start(ModelView model);

    /** Takes the next step. */
    void step(Step step);

    /** Concludes from what was seen up to now. */
    Verdict verdict();
}
