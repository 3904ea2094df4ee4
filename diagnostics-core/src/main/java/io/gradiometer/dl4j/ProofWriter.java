package io.gradiometer.dl4j;

import io.gradiometer.dl4j.Rehearsal.Outcome;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Proof;
import io.gradiometer.finding.Proof.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says what trials prove.
 *
 * <p>A remedy cures where the finding is gone in at least four of five seeds, there is no new error, every seed became better, and
 * the network answers at least as well as a linear model. It has no effect only where the whole interval says so.
 *
 * @param metric in which skill is told
 * @param reference skill of a linear model; NaN where it is not known
 * @param error of a skill that so few held-out examples tell
 */
record ProofWriter(String metric, double reference, double error) {

    /** Of a skill that goes from 0 to 1, what nobody would change a program for. */
    private static final double NEGLIGIBLE = 0.05;

    /** A network that answers hardly better than a constant is not cured, be the labels as hard as they may. */
    private static final double LEAST_SKILL = 0.1;

    /** Skills that differ by less do not decide between remedies; the order in which they were proposed does. */
    static final double TIE = 0.02;

    private static final int WORKS = 2;
    private static final int GONE = TrialPlan.SEEDS - 1;
    private static final int REPRODUCED = (TrialPlan.SEEDS + 1) / 2;

    /** Says that too little was tried. */
    Proof unclear(String why) {
        return new Proof(Status.UNCLEAR, metric, Double.NaN, Double.NaN, Double.NaN, Double.NaN, why);
    }

    Proof proof(
            String finding,
            List<Outcome> before,
            List<Outcome> after,
            Map<String, List<Outcome>> blind,
            String reservation) {
        Effect effect = new Effect(skills(before), skills(after));
        long reproduced =
                before.stream().filter(outcome -> !outcome.isFreeOf(finding)).count();
        long gone = after.stream().filter(outcome -> outcome.isFreeOf(finding)).count();
        Set<String> errors = newErrors(before, after);
        boolean finished = gone >= GONE && reproduced >= REPRODUCED && errors.isEmpty();
        Status status = status(effect, finished, errors.isEmpty());
        List<String> notes = new ArrayList<>();
        add(notes, reservation.isEmpty() ? null : reservation);
        add(notes, reproduced < REPRODUCED ? "without a change the finding came back from " + of(reproduced) : null);
        add(notes, gone < GONE ? "with it the finding is gone in " + of(gone) : null);
        add(notes, errors.isEmpty() ? null : "with it there are new errors: " + String.join(", ", errors));
        if (status == Status.HELPS || status == Status.CURES) {
            add(notes, reach(effect.meanAfter()));
            add(notes, asGood(effect.meanAfter(), blind));
        }
        return new Proof(
                status,
                metric,
                effect.meanBefore(),
                effect.meanAfter(),
                effect.leastGain(),
                effect.mostGain(),
                String.join("; ", notes));
    }

    /** Tells whether trainings came to answer as well as can be asked for. */
    boolean reaches(List<Outcome> outcomes) {
        double mean = outcomes.stream().mapToDouble(Outcome::skill).average().orElse(Double.NaN);
        return mean >= LEAST_SKILL && !(mean < reference - error);
    }

    private static void add(List<String> notes, @Nullable String note) {
        if (note != null) {
            notes.add(note);
        }
    }

    private static String of(long seeds) {
        return seeds + " of " + TrialPlan.SEEDS + " seeds";
    }

    private Status status(Effect effect, boolean finished, boolean withoutNewErrors) {
        double after = effect.meanAfter();
        if (finished && effect.isBetterAlways() && after >= reference - error && after >= LEAST_SKILL) {
            return Status.CURES;
        } else if (effect.leastGain() > -NEGLIGIBLE && effect.mostGain() < NEGLIGIBLE) {
            return Status.NO_EFFECT;
        } else if (effect.mostGain() < 0) {
            return Status.HARMS;
        }
        return effect.leastGain() > 0 && withoutNewErrors ? Status.HELPS : Status.UNCLEAR;
    }

    private @Nullable String reach(double after) {
        if (Double.isNaN(reference)) {
            return "there was no linear model to compare it with";
        }
        return after >= reference - error ? null : "a linear model reaches " + Numbers.format(reference);
    }

    /** Names the best of the blind changes, if it is no worse. */
    private static @Nullable String asGood(double after, Map<String, List<Outcome>> blind) {
        String best = null;
        double most = Double.NEGATIVE_INFINITY;
        for (Map.Entry<String, List<Outcome>> control : blind.entrySet()) {
            double skill = control.getValue().stream()
                    .mapToDouble(Outcome::skill)
                    .average()
                    .orElse(Double.NEGATIVE_INFINITY);
            if (skill > most) {
                most = skill;
                best = control.getKey();
            }
        }
        return best != null && most >= after - NEGLIGIBLE
                ? "a blind change did as well: " + best + " reaches " + Numbers.format(most)
                : null;
    }

    /** Returns what was an error in at least two seeds, and in none without the change. */
    private static Set<String> newErrors(List<Outcome> before, List<Outcome> after) {
        Set<String> once = new HashSet<>();
        Set<String> again = new HashSet<>();
        after.forEach(outcome -> outcome.errors().forEach(id -> {
            if (!once.add(id)) {
                again.add(id);
            }
        }));
        before.forEach(outcome -> again.removeAll(outcome.errors()));
        return again;
    }

    private static double[] skills(List<Outcome> outcomes) {
        return outcomes.stream().mapToDouble(Outcome::skill).toArray();
    }

    /** What was seen to work comes first, the better the earlier; what ties keeps its order. */
    static Comparator<Proof> bestFirst() {
        return Comparator.comparingInt(ProofWriter::rank)
                .thenComparingLong(proof -> rank(proof) < WORKS ? -Math.round(proof.after() / TIE) : 0);
    }

    private static int rank(Proof proof) {
        return switch (proof.status()) {
            case CURES -> 0;
            case HELPS -> 1;
            case NOT_TRIED, UNCLEAR -> WORKS;
            case NO_EFFECT -> WORKS + 1;
            case HARMS -> WORKS + 2;
        };
    }
}
