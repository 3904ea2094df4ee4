package io.gradiometer.junit;

import io.gradiometer.finding.Diagnosis;
import org.apiguardian.api.API;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Observes the networks of a {@link Diagnosed} test. Ask for it as a parameter.
 *
 * <p>A recorder handed to a test method, or to {@code @BeforeEach}, belongs to that test. One handed to {@code @BeforeAll}
 * belongs to the class: its networks are judged after all tests. May be used by several threads.
 */
@API(status = API.Status.EXPERIMENTAL)
public interface Recorder {

    /**
     * Observes the network from now on, beside the listeners that it has; training is not changed by it.
     *
     * @return the same network
     */
    <M extends Model> M watch(M model);

    /**
     * Observes the network from now on, beside the listeners that it has; training is not changed by it, nor the loss that it
     * reports.
     *
     * @return the same network
     */
    SameDiff watch(SameDiff network);

    /** Notes a validation score of the network observed last, as of its present iteration. */
    void validation(double score);

    /**
     * Returns what is known by now of the network observed last, be it by the test or by its class.
     *
     * <p>Where diagnosing is switched off there is nothing to return: the test is aborted, as by an assumption.
     *
     * @throws IllegalStateException if no network was observed
     */
    Diagnosis diagnosis();
}
