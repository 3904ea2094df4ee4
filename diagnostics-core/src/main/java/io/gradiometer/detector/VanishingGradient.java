package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Finds layers that the error does not reach: the back-propagated signal fades by decades on its way to the input while those
 * layers hardly move, or a layer's gradient is exactly zero from some iteration on. Neither counts in a network that learns.
 *
 * <p>Looks at the signal, not at weight gradients: in rectifier networks those stay level while the signal fades.
 */
@DetectorInfo(
        id = "vanishing-gradient",
        summary = "Layers that the error signal does not reach, so that they do not learn",
        severity = Severity.ERROR,
        needs = {Signal.BACK_PROPAGATED_SIGNAL, Signal.GRADIENTS, Signal.UPDATES, Signal.LOSS, Signal.SKILL},
        speaksFrom = 3)
final class VanishingGradient implements Detector {

    /** Shares of the sound initial size below which weights are named as a cause; Xavier's before rectifiers have 0.71. */
    private static final double SMALL = 0.5;

    private static final double SMALL_BEFORE_RECTIFIERS = 0.75;

    private final Limits limits;
    private final Outcome outcome = new Outcome();
    private List<DepthTrack> depths = List.of();
    private final List<ActivityTrack> activity = new ArrayList<>();
    private int firstIteration;
    private int knownFrom;
    private int lastIteration;

    VanishingGradient(Limits limits) {
        this.limits = limits;
    }

    /**
     * @param decades by which the signal must fade before a layer that stands still counts: AUTOTRAINER's ratio of 1e-3, and more
     *     than sound deep networks lose (tanh with Xavier over 20 layers: 0.8 decades)
     * @param decadesIfMoving the same for layers that an adaptive updater keeps moving
     * @param relativeMove of a layer against the one that moves most, below which it counts as standing still
     * @param goodSkill from which on it is no more than a note
     * @param dead share of a rectified layer's units whose silence explains gradients of 0: they are another disease
     * @param minSteps before anything can be said
     */
    record Limits(
            double decades, double decadesIfMoving, double relativeMove, double goodSkill, double dead, int minSteps) {
        static final Limits DEFAULT = new Limits(3, 4, 0.01, 0.5, 0.95, 3);
    }

    @Override
    public void start(ModelView network) {
        for (int i = 0; i < network.layers().size(); i++) {
            activity.add(new ActivityTrack(i, network.layers().get(i)));
        }
        depths = LayerTrack.ofAll(network).stream()
                // An embedding's table is touched one row at a time: zeros there are no sign of anything.
                .filter(layer -> !layer.view.type().startsWith("Embedding"))
                .map(DepthTrack::new)
                .toList();
    }

    @Override
    public void step(Step step) {
        outcome.step(step);
        lastIteration = step.iteration();
        if (outcome.steps() == 1) {
            firstIteration = step.iteration();
        }
        if (outcome.steps() == limits.minSteps) {
            knownFrom = step.iteration();
        }
        depths.forEach(depth -> depth.step(step));
        if (step.full()) {
            activity.forEach(layer -> layer.step(step));
        }
    }

    @Override
    public Verdict verdict() {
        if (depths.isEmpty()) {
            return new Verdict.Inconclusive("parameters that training could change: the network has none");
        } else if (outcome.steps() < limits.minSteps) {
            return new Verdict.Inconclusive(StepsMissing.words(limits.minSteps, outcome.steps()));
        }
        List<DepthTrack> cutOff =
                depths.stream().filter(d -> d.layer.isCutOff(limits.minSteps)).toList();
        boolean fromTheStart = faded(d -> d.whole).isEmpty();
        Function<DepthTrack, DepthTrack.Profile> profile = fromTheStart ? d -> d.beginning : d -> d.whole;
        List<DepthTrack> faded = faded(profile);
        boolean cut = !cutOff.isEmpty() && outcome.endsFinite() && !(outcome.end() >= limits.goodSkill);
        boolean dead = activity.stream().anyMatch(layer -> layer.rectifies() && layer.deadShare() > limits.dead);
        if (cut && !dead) {
            return Verdict.Found.one(cutOffFinding(cutOff, severity(true)));
        } else if (!faded.isEmpty()) {
            return Verdict.Found.one(fadedFinding(faded, profile));
        } else if (cut) {
            // Dead units are the disease then, and say so themselves.
            return Verdict.Found.one(cutOffFinding(cutOff, Severity.INFO));
        } else if (!outcome.endsFinite()) {
            return new Verdict.Inconclusive("a finite loss: nothing can be said about gradients after it is lost");
        }
        return new Verdict.Clear(outcome.steps());
    }

    /**
     * Returns the layers in which the signal has faded and that hardly move. An adaptive updater may still move them, as long as
     * the gradient exceeds its epsilon, and may even teach them: they count only where the network learned nothing.
     */
    private List<DepthTrack> faded(Function<DepthTrack, DepthTrack.Profile> profile) {
        List<DepthTrack> faded = new ArrayList<>();
        double strongest = Double.NEGATIVE_INFINITY;
        for (int i = depths.size() - 1; i >= 0; i--) {
            DepthTrack depth = depths.get(i);
            double signal = profile.apply(depth).signal();
            boolean measured = Double.isFinite(signal) && profile.apply(depth).hasSignals(limits.minSteps);
            double lost = measured ? strongest - signal : 0;
            boolean still = lost > limits.decades && standsStill(depth, profile);
            if (still || (lost > limits.decadesIfMoving && outcome.learnedNothing())) {
                faded.add(0, depth);
            }
            strongest = measured ? Math.max(strongest, signal) : strongest;
        }
        return faded;
    }

    private boolean standsStill(DepthTrack depth, Function<DepthTrack, DepthTrack.Profile> profile) {
        double mostMoved = depths.stream()
                .mapToDouble(d -> profile.apply(d).ratio())
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        return profile.apply(depth).ratio() < limits.relativeMove * mostMoved;
    }

    private Severity severity(boolean still) {
        if (outcome.learnedNothing()) {
            return still ? Severity.ERROR : Severity.WARNING;
        }
        return outcome.end() < limits.goodSkill ? Severity.WARNING : Severity.INFO;
    }

    private Finding fadedFinding(List<DepthTrack> faded, Function<DepthTrack, DepthTrack.Profile> profile) {
        DepthTrack first = faded.get(0);
        DepthTrack top = depths.stream()
                .filter(d -> Double.isFinite(profile.apply(d).signal()))
                .max((a, b) -> Double.compare(
                        profile.apply(a).signal(), profile.apply(b).signal()))
                .orElseThrow();
        double lost = profile.apply(top).signal() - profile.apply(first).signal();
        double factor = factorPerLayer(profile);
        List<LayerTrack> layers = faded.stream().map(d -> d.layer).toList();
        boolean still = faded.stream().anyMatch(d -> standsStill(d, profile));
        Finding.Builder finding = Finding.of(
                        "vanishing-gradient",
                        severity(still),
                        "The error signal fades by a factor of " + Numbers.format(Math.pow(10, lost)) + " from '"
                                + top.layer.name() + "' to '" + first.layer.name() + "': " + Advice.names(layers)
                                + (layers.size() == 1 ? " hardly learns; " : " hardly learn; ") + outcome.words()
                                + ".")
                .layers(layers.stream().map(LayerTrack::name).toList())
                .seen(firstIteration, Math.max(firstIteration, lastIteration), knownFrom)
                .confidence(0.97)
                .fact(Fact.of("decades lost", lost, limits.decades))
                .fact(Fact.of(
                        "update ratio of '" + first.layer.name() + "'",
                        profile.apply(first).ratio()))
                .fact(Fact.of(
                        "update ratio of '" + top.layer.name() + "'",
                        profile.apply(top).ratio()));
        outcomeFact(finding);
        explainFading(finding, factor);
        return finding.build();
    }

    private double factorPerLayer(Function<DepthTrack, DepthTrack.Profile> profile) {
        double[] at = new double[depths.size()];
        double[] logs = new double[depths.size()];
        int n = 0;
        for (int i = 0; i < depths.size(); i++) {
            double signal = profile.apply(depths.get(i)).signal();
            if (Double.isFinite(signal)) {
                at[n] = i;
                logs[n++] = signal;
            }
        }
        return new DepthProfile(Arrays.copyOf(at, n), Arrays.copyOf(logs, n)).factorPerLayer();
    }

    private void explainFading(Finding.Builder finding, double factor) {
        List<LayerTrack> hidden = depths.stream()
                .map(d -> d.layer)
                .filter(l -> !l.view.isOutput())
                .toList();
        List<LayerTrack> squashing = hidden.stream()
                .filter(l -> Activations.SQUASHING.contains(activation(l)))
                .toList();
        List<LayerTrack> small = hidden.stream()
                .filter(l -> l.initialExcess() < (l.rectifies() ? SMALL_BEFORE_RECTIFIERS : SMALL))
                .toList();
        if (Double.isFinite(factor)) {
            finding.fact(Fact.of("factor for each layer", factor));
        }
        if (squashing.size() * 2 >= hidden.size() && !squashing.isEmpty()) {
            String activation = activation(squashing.get(0));
            finding.evidence("likely cause: " + squashing.size() + " layers of " + activation + " in a row; "
                            + (activation.contains("sigmoid")
                                    ? "its derivative is 0.25 at most, so every layer weakens the signal"
                                    : "where it saturates, its derivative is nearly 0")
                            + (Double.isFinite(factor) ? " (here by " + Numbers.format(factor) + ")" : ""))
                    .remedy(Advice.rectifiers(squashing, activation, factor));
        }
        if (!small.isEmpty()) {
            finding.evidence("likely cause: initial weights too small; those of '"
                            + small.get(0).name() + "' began with a root mean square of "
                            + Numbers.format(small.get(0).firstWeightRms()) + " where "
                            + small.get(0).soundLaw() + " asks for "
                            + Numbers.format(small.get(0).soundWeightRms()))
                    .remedy(Advice.soundInitialization(small));
        } else {
            finding.ruledOut("initialisation: weights began at a size that suits their activation");
        }
        if (hidden.stream().anyMatch(l -> l.view.updater().adaptive())) {
            finding.ruledOut(
                    "that the adaptive updater makes up for it: it rescales what arrives, which is too little to learn from");
        }
        finding.remedy(Advice.batchNormalization(hidden.size()));
        if (factor < 0.9 && !small.containsAll(hidden)) {
            // One decade is what sound networks of that depth lose, too.
            int deepest = Math.max(1, (int) Math.floor(1 / -Math.log10(factor)));
            if (deepest < hidden.size()) {
                finding.remedy(Advice.fewerLayers(hidden.size(), deepest, factor));
            }
        }
    }

    private static String activation(LayerTrack layer) {
        String activation = layer.view.activation();
        return activation == null ? "" : activation.toLowerCase(Locale.ROOT);
    }

    private Finding cutOffFinding(List<DepthTrack> cutOff, Severity severity) {
        DepthTrack first = cutOff.get(0);
        List<LayerTrack> layers = cutOff.stream().map(d -> d.layer).toList();
        int since = cutOff.stream().mapToInt(d -> d.layer.zeroSince()).min().orElseThrow();
        LayerTrack jump = depths.stream()
                .map(d -> d.layer)
                .max((a, b) -> Double.compare(a.peakRatio(), b.peakRatio()))
                .orElseThrow();
        Finding.Builder finding = Finding.of(
                        "vanishing-gradient",
                        severity,
                        "From iteration " + since + " on every gradient of " + Advice.names(layers)
                                + " is exactly 0: nothing is learned there any more; " + outcome.words() + ".")
                .layers(layers.stream().map(LayerTrack::name).toList())
                .seen(since, Math.max(since, lastIteration), Math.min(lastIteration, since + limits.minSteps - 1))
                .confidence(0.99)
                .fact(Fact.of("iterations with a gradient of 0", first.layer.zeroIterations(), limits.minSteps));
        outcomeFact(finding);
        explainCutOff(finding, cutOff, layers, since, jump);
        return finding.build();
    }

    private void explainCutOff(
            Finding.Builder finding, List<DepthTrack> cutOff, List<LayerTrack> layers, int since, LayerTrack jump) {
        boolean jumped = jump.peakRatio() > LayerTrack.LONG && jump.peakIteration() <= since;
        if (jumped) {
            finding.fact(Fact.of("update ratio before", jump.peakRatio(), LayerTrack.LONG))
                    .evidence("likely cause: units died after a step too long; in iteration " + jump.peakIteration()
                            + " '" + jump.name() + "' moved by " + Numbers.format(jump.peakRatio())
                            + " of its weights (learning rate " + Numbers.format(jump.peakLearningRate()) + ")");
            StepAdvice.remedies(depths.stream().map(d -> d.layer).toList(), Growth.NONE)
                    .forEach(finding::remedy);
        } else {
            finding.evidence("likely cause: units that give 0 for every example, or an output that cannot follow its"
                    + " labels; no step before was long enough to kill them");
        }
        DepthTrack output = depths.get(depths.size() - 1);
        if (cutOff.contains(output) && activation(output.layer).contains("relu")) {
            finding.evidence("the output layer '" + output.layer.name() + "' itself gives 0 for every example: its "
                            + activation(output.layer) + " has switched off")
                    .remedy(Advice.linearOutput(output.layer.name(), activation(output.layer)));
        }
        finding.remedy(
                Advice.leakyRectifiers(layers.stream().map(LayerTrack::name).toList()));
    }

    private void outcomeFact(Finding.Builder finding) {
        if (Double.isFinite(outcome.end())) {
            finding.fact(Fact.of(
                    outcome.knowsSkill() ? "skill at the end" : "share of the loss gone",
                    outcome.end(),
                    Outcome.NOTHING));
        }
    }
}
