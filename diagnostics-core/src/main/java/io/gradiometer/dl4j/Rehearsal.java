package io.gradiometer.dl4j;

import io.gradiometer.config.Configuration;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Undecided;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Repeats the diagnosed training with changes, from the beginning, and looks what comes out. */
final class Rehearsal {

    private final TrialData data;
    private final Judging judging;
    private final Configuration configuration;
    private final BooleanSupplier stopped;

    Rehearsal(TrialData data, Judging judging, Configuration configuration, BooleanSupplier stopped) {
        this.data = data;
        this.judging = judging;
        this.configuration = configuration;
        this.stopped = stopped;
    }

    /**
     * What came out of a training.
     *
     * @param skill on held-out examples
     * @param found ids of open findings
     * @param errors ids of those that are errors
     * @param undecided ids of what could not be judged
     */
    record Outcome(double skill, Set<String> found, Set<String> errors, Set<String> undecided) {

        boolean isFreeOf(String id) {
            return !found.contains(id) && !undecided.contains(id);
        }
    }

    /** Says that somebody does not want to know any more. */
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /**
     * Trains an untrained network.
     *
     * @param seed of its weights and of everything that is drawn
     * @param share of the regimen's length that is enough to see who leads
     */
    Outcome run(Regimen regimen, long seed, double share) {
        TrainingSet set = new TrainingSet(data, regimen.data());
        Model network = regimen.network().build(seed);
        GradiometerListener listener = new GradiometerListener(configuration);
        network.setListeners(listener);
        long goal = Math.max(1, Math.round(data.examplesSeen() * regimen.length() * share));
        long seen = 0;
        for (int pass = 0; seen < goal; pass++) {
            for (MultiDataSet batch : set.pass(seed + pass)) {
                if (seen < goal) {
                    goOn();
                    fit(network, Batches.copy(batch));
                    seen += Batches.examples(batch);
                }
            }
            if (data.epochs() > 1) {
                endEpoch(network);
            }
        }
        Diagnosis diagnosis = listener.diagnosis();
        return new Outcome(
                judging.skill(network, set),
                ids(diagnosis, Severity.INFO),
                ids(diagnosis, Severity.ERROR),
                diagnosis.inconclusive().stream().map(Undecided::id).collect(Collectors.toSet()));
    }

    private void goOn() {
        if (stopped.getAsBoolean() || Thread.currentThread().isInterrupted()) {
            throw new StoppedException();
        }
    }

    private static Set<String> ids(Diagnosis diagnosis, Severity least) {
        return diagnosis.open().stream()
                .filter(finding -> least == Severity.INFO || finding.severity() == least)
                .map(Finding::id)
                .collect(Collectors.toSet());
    }

    private static void fit(Model network, MultiDataSet batch) {
        if (network instanceof ComputationGraph graph) {
            graph.fit(batch);
        } else {
            ((MultiLayerNetwork) network)
                    .fit(
                            batch.getFeatures(0),
                            batch.getLabels(0),
                            batch.getFeaturesMaskArray(0),
                            batch.getLabelsMaskArray(0));
        }
    }

    private static void endEpoch(Model network) {
        if (network instanceof ComputationGraph graph) {
            graph.incrementEpochCount();
        } else {
            ((MultiLayerNetwork) network).incrementEpochCount();
        }
    }
}
