package io.gradiometer.junit;

import io.gradiometer.config.Expectation;
import io.gradiometer.config.Judge;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.RunInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides whether a test fails for its networks, and says why in one message. */
final class Judgement {

    private final String title;
    private final Judge judge;
    private final List<Recorded> networks;
    private final List<String> blocks = new ArrayList<>();
    private @Nullable Recorded firstAtFault;

    private Judgement(String title, Judge judge, List<Recorded> networks) {
        this.title = title;
        this.judge = judge;
        this.networks = networks;
    }

    /**
     * Judges the networks of a test.
     *
     * @param brokenOff whether the test failed by itself: then only what was found counts, not what was not
     * @param lastLine tells where to read on about a run
     * @return the message, empty if the test may pass
     */
    static Optional<String> of(
            String title,
            Judge judge,
            List<Recorded> networks,
            boolean brokenOff,
            Function<Recorded, String> lastLine) {
        Judgement judgement = new Judgement(title, judge, networks);
        judgement.weighFindings();
        if (!brokenOff) {
            judgement.weighWhatIsMissing();
        }
        return judgement.message(lastLine);
    }

    private void weighFindings() {
        for (int i = 0; i < networks.size(); i++) {
            Recorded network = networks.get(i);
            List<Finding> offending = judge.failing(network.diagnosis());
            if (!offending.isEmpty()) {
                blame(i, Texts.findings(offending, network.diagnosis()));
            }
        }
    }

    private void weighWhatIsMissing() {
        for (int i = 0; i < networks.size(); i++) {
            Recorded network = networks.get(i);
            if (judge.failsAsInconclusive(network.diagnosis())) {
                blame(i, Texts.undecided(network.diagnosis()));
            }
        }
        List<Diagnosis> diagnoses = networks.stream().map(Recorded::diagnosis).toList();
        for (Expectation unmet : unmetByAll(diagnoses)) {
            blocks.add(Texts.missing(unmet.id(), unmet.layer(), diagnoses));
        }
    }

    private List<Expectation> unmetByAll(List<Diagnosis> diagnoses) {
        List<Expectation> unmet = new ArrayList<>(judge.unmet(diagnoses.get(0)));
        diagnoses.forEach(diagnosis -> unmet.retainAll(judge.unmet(diagnosis)));
        return unmet;
    }

    private void blame(int index, String block) {
        Recorded network = networks.get(index);
        firstAtFault = firstAtFault == null ? network : firstAtFault;
        if (networks.size() > 1) {
            RunInfo run = network.diagnosis().run();
            blocks.add("network " + (index + 1) + " of " + networks.size() + ", " + run.model()
                    + " with " + Texts.counted(run.layers().size(), "layer") + " and "
                    + Texts.counted(run.parameters(), "parameter"));
        }
        blocks.add(block);
    }

    private Optional<String> message(Function<Recorded, String> lastLine) {
        if (blocks.isEmpty()) {
            return Optional.empty();
        }
        List<Diagnosis> diagnoses = networks.stream().map(Recorded::diagnosis).toList();
        List<String> all = new ArrayList<>(blocks);
        all.add(0, Texts.headline(title, diagnoses));
        all.add(lastLine.apply(firstAtFault == null ? networks.get(0) : firstAtFault));
        return Optional.of(Texts.lines(all.toArray(String[]::new)));
    }
}
