package io.gradiometer.dl4j;

import io.gradiometer.dl4j.Rehearsal.Outcome;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Proof;
import io.gradiometer.finding.Remedy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One go through all remedies of a diagnosis. Runs on an {@link OwnThread}. */
final class Trial {

    private final Diagnosis diagnosis;
    private final Regimen asItWas;
    private final TrialData data;
    private final Rehearsal rehearsal;
    private final ProofWriter writer;
    private final long seed;
    private final Spending spending;
    private final List<Candidate> candidates = new ArrayList<>();
    private final Map<Remedy, String> obstacles = new LinkedHashMap<>();
    private final Map<Candidate, List<Outcome>> confirmed = new HashMap<>();
    private final Map<Candidate, String> reservations = new HashMap<>();
    private final Map<Candidate, List<Candidate>> pairs = new LinkedHashMap<>();
    private final Map<Candidate, Double> chosenBy = new HashMap<>();
    private final List<BlindControl> controls;
    private final Map<String, List<Outcome>> blind = new LinkedHashMap<>();
    private final Map<Candidate, Map<String, List<Outcome>>> longBlind = new HashMap<>();
    private List<Outcome> untouched = List.of();

    Trial(
            Diagnosis diagnosis,
            Regimen asItWas,
            TrialData data,
            Rehearsal rehearsal,
            ProofWriter writer,
            long seed,
            Spending spending) {
        this.diagnosis = diagnosis;
        this.asItWas = asItWas;
        this.data = data;
        this.rehearsal = rehearsal;
        this.writer = writer;
        this.seed = seed;
        this.spending = spending;
        this.controls = BlindControl.of(asItWas, data, seed);
        gather();
    }

    /** Applies every remedy, and builds what comes out, before anything is trained. */
    private void gather() {
        for (Finding finding : diagnosis.open()) {
            for (Remedy remedy : finding.remedies()) {
                boolean known = candidates.stream().anyMatch(candidate -> candidate.isFor(remedy))
                        || obstacles.containsKey(remedy);
                if (!known) {
                    gather(remedy);
                }
            }
        }
    }

    private void gather(Remedy remedy) {
        try {
            Candidate candidate = new Candidate(remedy, Treatments.apply(asItWas, remedy, data));
            candidate.regimen().network().build(seed);
            candidates.add(candidate);
        } catch (UnfitException unfit) {
            obstacles.put(remedy, String.valueOf(unfit.getMessage()));
        } catch (RuntimeException refused) {
            obstacles.put(remedy, "Deeplearning4j does not build the changed network: " + refused.getMessage());
        }
    }

    int candidates() {
        return candidates.size();
    }

    TrialPlan plan() {
        return TrialPlan.within(spending.budget(), candidates.size());
    }

    /** Returns the diagnosis with all proofs that the budget, and whoever may stop it, allows. */
    Diagnosis run() {
        String broken = null;
        try {
            train(plan());
        } catch (Rehearsal.StoppedException stopped) {
            broken = "the trial was stopped before this remedy's turn was over";
        } catch (OutOfMemoryError full) {
            broken = "the trial ran out of memory: " + full.getMessage();
        } catch (RuntimeException failed) {
            broken = "the training could not be repeated: " + failed;
        }
        String reason = broken;
        return diagnosis.withFindings(finding -> finding.isOpen() ? proven(finding, reason) : finding);
    }

    private void train(TrialPlan plan) {
        if (plan.confirmed() == 0) {
            return;
        }
        spending.expect(plan.cost());
        List<Candidate> best = plan.chooses() ? choose(plan) : candidates;
        List<Outcome> before = new ArrayList<>();
        for (int i = 0; i < TrialPlan.SEEDS; i++) {
            before.add(train(asItWas, confirming(i), 1, "as it was"));
        }
        untouched = before;
        best.stream()
                .limit(plan.confirmed())
                .filter(candidate -> candidate.length() <= 1)
                .forEach(this::confirm);
        for (BlindControl control : controls) {
            blind.put(control.name(), outcomes(control, plan.controlSeeds()));
        }
        confirmPair(best);
        // Longer ones take what is left.
        best.stream()
                .limit(plan.confirmed())
                .filter(candidate -> candidate.length() > 1)
                .forEach(this::confirmLonger);
    }

    private List<Candidate> choose(TrialPlan plan) {
        List<Candidate> ranked = ranked(candidates, seed + 1, TrialPlan.PREFIX);
        return ranked(ranked.subList(0, Math.min(ranked.size(), plan.finalists())), seed + 2, 1);
    }

    /** Returns candidates by their skill, those that tie in the order in which they were proposed. */
    private List<Candidate> ranked(List<Candidate> all, long from, double share) {
        for (Candidate candidate : all) {
            double length = Math.min(1, candidate.length());
            Outcome outcome = attempt(candidate.forLength(length), from, share);
            chosenBy.put(candidate, outcome == null ? Double.NEGATIVE_INFINITY : outcome.skill());
        }
        return all.stream()
                .filter(candidate -> !obstacles.containsKey(candidate.remedy()))
                .sorted(Comparator.comparingLong(candidate -> -Math.round(chosen(candidate) / ProofWriter.TIE)))
                .toList();
    }

    private double chosen(Candidate candidate) {
        return chosenBy.getOrDefault(candidate, Double.NaN);
    }

    private void confirm(Candidate candidate) {
        List<Outcome> after = new ArrayList<>();
        for (int i = 0; i < TrialPlan.SEEDS; i++) {
            Outcome outcome = attempt(candidate, confirming(i), 1);
            if (outcome == null) {
                return;
            }
            after.add(outcome);
        }
        confirmed.put(candidate, after);
    }

    /** Where none is enough alone, and something of the budget is left, tries the two best together. */
    private void confirmPair(List<Candidate> best) {
        List<Candidate> two = best.stream()
                .filter(candidate -> !obstacles.containsKey(candidate.remedy()) && candidate.length() <= 1)
                .limit(2)
                .toList();
        boolean enough = confirmed.values().stream().anyMatch(writer::reaches);
        if (two.size() < 2 || enough || spending.left() < TrialPlan.SEEDS) {
            return;
        }
        try {
            Candidate pair = two.get(0).and(two.get(1).remedy(), data);
            pair.regimen().network().build(seed);
            spending.expect(spending.spent() + TrialPlan.SEEDS);
            confirm(pair);
            pairs.put(pair, two);
        } catch (UnfitException exclusive) {
            // They cannot be had together, which is no fault of either.
            pairs.clear();
        }
    }

    private void confirmLonger(Candidate proposed) {
        double affordable = Math.min(proposed.length(), TrialPlan.lengthWithin(spending.left()));
        if (affordable < Math.min(proposed.length(), 1.5)) {
            reservations.put(
                    proposed,
                    "a training of " + Numbers.format(proposed.length())
                            + " times the length, and controls as long, need a budget of "
                            + Numbers.format(Math.ceil(
                                    spending.spent() + TrialPlan.costOfLonger(Math.min(1.5, proposed.length())))));
            return;
        }
        spending.expect(spending.spent() + TrialPlan.costOfLonger(affordable));
        Candidate shortened = proposed.forLength(affordable);
        List<Outcome> after = new ArrayList<>();
        for (int i = 0; i < TrialPlan.SEEDS; i++) {
            Outcome outcome = attempt(shortened, confirming(i), 1);
            if (outcome == null) {
                return;
            }
            after.add(outcome);
        }
        Map<String, List<Outcome>> asLong = new LinkedHashMap<>();
        for (BlindControl control : controls) {
            asLong.put(control.name(), outcomes(control.forLength(affordable), TrialPlan.seedsOfLongControls()));
        }
        longBlind.put(proposed, asLong);
        confirmed.put(proposed, after);
        reservations.put(proposed, "tried with " + Numbers.format(affordable) + " times the length, as the controls");
    }

    private List<Outcome> outcomes(BlindControl control, int seeds) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < seeds; i++) {
            outcomes.add(train(control.regimen(), confirming(i), 1, control.name()));
        }
        return outcomes;
    }

    /** Seeds that no choice was made with. */
    private long confirming(int index) {
        return seed + 1000 + index;
    }

    /** Returns what came out, or null if the candidate's training broke, which is then its obstacle. */
    private @Nullable Outcome attempt(Candidate candidate, long from, double share) {
        try {
            return train(candidate.regimen(), from, share, candidate.remedy().id());
        } catch (Rehearsal.StoppedException stopped) {
            throw stopped;
        } catch (OutOfMemoryError full) {
            obstacles.put(candidate.remedy(), "its training ran out of memory: " + full.getMessage());
        } catch (RuntimeException failed) {
            obstacles.put(candidate.remedy(), "its training broke: " + failed);
        }
        return null;
    }

    private Outcome train(Regimen regimen, long from, double share, String what) {
        spending.begin(what);
        Outcome outcome = rehearsal.run(regimen, from, share);
        spending.add(regimen.length() * share);
        return outcome;
    }

    private Finding proven(Finding finding, @Nullable String broken) {
        List<Remedy> proven = Stream.concat(
                        finding.remedies().stream().map(remedy -> remedy.withProof(proof(finding, remedy, broken))),
                        pairsFor(finding))
                .sorted(Comparator.comparing(Remedy::proof, ProofWriter.bestFirst()))
                .toList();
        return finding.withRemedies(proven);
    }

    /** Returns the pair that was tried, if one of the two is a remedy of this finding. */
    private Stream<Remedy> pairsFor(Finding finding) {
        return pairs.entrySet().stream()
                .filter(pair -> confirmed.containsKey(pair.getKey()))
                .filter(pair -> pair.getValue().stream()
                        .anyMatch(one -> finding.remedies().stream().anyMatch(one::isFor)))
                .map(Map.Entry::getKey)
                .map(pair -> pair.remedy()
                        .withProof(writer.proof(
                                finding.id(), untouched, confirmed.getOrDefault(pair, List.of()), blind, "")));
    }

    private Proof proof(Finding finding, Remedy remedy, @Nullable String broken) {
        Optional<Candidate> found =
                candidates.stream().filter(c -> c.isFor(remedy)).findFirst();
        String obstacle = found.map(c -> obstacles.get(c.remedy())).orElse(obstacles.get(remedy));
        if (obstacle != null || found.isEmpty()) {
            return Proof.notTried(String.valueOf(obstacle));
        }
        Candidate candidate = found.get();
        List<Outcome> after = confirmed.get(candidate);
        String reservation = reservations.getOrDefault(candidate, "");
        if (after != null) {
            return writer.proof(finding.id(), untouched, after, longBlind.getOrDefault(candidate, blind), reservation);
        } else if (broken != null) {
            return Proof.notTried(broken);
        } else if (!reservation.isEmpty()) {
            return writer.unclear(reservation);
        } else if (plan().confirmed() == 0) {
            return writer.unclear("a budget of " + Numbers.format(spending.budget()) + " trainings tells nothing; "
                    + Numbers.format(Math.ceil(TrialPlan.least(candidates.size()))) + " are needed");
        }
        return writer.unclear("tried once, it reached a skill of " + Numbers.format(chosen(candidate))
                + "; the budget confirms the best " + plan().confirmed() + " only");
    }
}
