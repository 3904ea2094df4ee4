package io.gradiometer.junit;

import io.gradiometer.dl4j.Observation;
import io.gradiometer.finding.Diagnosis;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.autodiff.samediff.SameDiff;

/** Hands networks to the run that is current when they come. */
final class TestRecorder implements Recorder {

    private final TestRun run;

    TestRecorder(TestRun run) {
        this.run = run;
    }

    @Override
    public <M extends Model> M watch(M model) {
        run.current().scope().watch(model);
        return model;
    }

    @Override
    public SameDiff watch(SameDiff network) {
        run.current().scope().watch(network);
        return network;
    }

    @Override
    public void validation(double score) {
        latest(run.current()).validation(score);
    }

    @Override
    public Diagnosis diagnosis() {
        TestRun current = run.current();
        return current.diagnosis(latest(current));
    }

    private static Observation latest(TestRun run) {
        Optional<Observation> latest = run.latest();
        return latest.orElseThrow(() ->
                new IllegalStateException("no network was observed so far; call recorder.watch(model) before this"));
    }
}
