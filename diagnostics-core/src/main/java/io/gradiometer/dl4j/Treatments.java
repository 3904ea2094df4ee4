package io.gradiometer.dl4j;

import io.gradiometer.finding.Change;
import io.gradiometer.finding.Remedy;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Carries out remedies: a pure function from a training to another one.
 *
 * <p>Every remedy is known by its id and takes its numbers from the {@link Change}. What cannot be carried out says why, in an
 * {@link UnfitException}.
 */
final class Treatments {

    private static final Map<String, Treatment> BY_ID = byId();

    private Treatments() {}

    /** Changes a training of its own; may take numbers from the data. */
    @FunctionalInterface
    interface Treatment {
        Regimen apply(Regimen own, Change change, TrialData data);
    }

    private static Map<String, Treatment> byId() {
        Map<String, Treatment> all = new TreeMap<>();
        all.putAll(StepTreatments.byId());
        all.putAll(LayerTreatments.byId());
        all.putAll(StructureTreatments.byId());
        all.putAll(DataTreatments.byId());
        return Collections.unmodifiableMap(all);
    }

    static Set<String> ids() {
        return BY_ID.keySet();
    }

    /** Returns a training with a remedy; the one that is given stays what it is. */
    static Regimen apply(Regimen regimen, Remedy remedy, TrialData data) {
        Treatment treatment = BY_ID.get(remedy.id());
        if (treatment == null) {
            throw new UnfitException("this is for you to do: it changes more than a program can change by itself");
        }
        return treatment.apply(regimen.copy(), remedy.change(), data);
    }

    /** Returns a number that a remedy cannot do without. */
    static double needed(Change change, String setting) {
        return change.number(setting)
                .orElseThrow(() -> new UnfitException("the remedy does not say which " + setting + " to set"));
    }
}
