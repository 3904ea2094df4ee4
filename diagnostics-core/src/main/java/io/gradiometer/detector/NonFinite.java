package io.gradiometer.detector;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.ParameterStep;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds NaN and infinity: in the data, in parameters, in the loss, in gradients and updates, and says where the first one was
 * and what led to it.
 */
@DetectorInfo(
        id = "non-finite",
        summary = "NaN or infinity in data, loss, gradients, updates or parameters",
        severity = Severity.ERROR,
        needs = {Signal.LOSS, Signal.GRADIENTS, Signal.UPDATES, Signal.PARAMETERS},
        speaksFrom = 1)
final class NonFinite implements Detector {

    private final Limits limits;
    private final Recent gradients = new Recent();
    private List<LayerTrack> layers = List.of();
    private ModelView model = ModelView.UNKNOWN;
    private int steps;
    private int finiteSince;
    private int lastBad;
    private double largestBefore;
    private double lossBefore = Double.NaN;
    private @Nullable Origin origin;

    NonFinite(Limits limits) {
        this.limits = limits;
    }

    /**
     * @param recovered finite steps at the end after which a passing event is a warning and no longer an error
     */
    record Limits(int recovered) {
        static final Limits DEFAULT = new Limits(20);
    }

    /** Where the first value was that is not finite, in the order in which an iteration computes. */
    private record Origin(int iteration, String place, List<String> layerNames, long count, boolean inData) {}

    @Override
    public void start(ModelView network) {
        model = network;
        layers = LayerTrack.ofAll(network);
    }

    @Override
    public void step(Step step) {
        steps++;
        Origin here = firstIn(step);
        if (here == null) {
            // What was broken is whole again only when all of it was read.
            finiteSince += step.full() || finiteSince > 0 ? 1 : 0;
        } else {
            finiteSince = 0;
            lastBad = step.iteration();
            origin = origin == null ? here : origin;
        }
        if (origin == null) {
            TensorStats gradient = step.watched().isRead() ? step.watched() : step.gradient(model);
            gradients.add(step.iteration(), Math.log10(gradient.rms()));
            largestBefore = Math.max(largestBefore, gradient.rms());
            lossBefore = step.loss();
            layers.forEach(layer -> layer.step(step));
        }
    }

    private @Nullable Origin firstIn(Step step) {
        if (!step.features().allFinite()) {
            return new Origin(
                    step.iteration(),
                    "the features of the batch",
                    List.of(),
                    step.features().nonFinite(),
                    true);
        } else if (!step.labels().allFinite()) {
            return new Origin(
                    step.iteration(),
                    "the labels of the batch",
                    List.of(),
                    step.labels().nonFinite(),
                    true);
        }
        Origin parameters = inTensors(step, "the parameters", Part.VALUE);
        if (parameters != null) {
            return parameters;
        } else if (!Double.isFinite(step.score())) {
            return new Origin(step.iteration(), "the loss", inGradients(step), 1, false);
        }
        Origin gradient = inTensors(step, "the gradient", Part.GRADIENT);
        return gradient != null ? gradient : inTensors(step, "the update", Part.UPDATE);
    }

    private enum Part {
        VALUE,
        GRADIENT,
        UPDATE;

        long nonFinite(ParameterStep parameter) {
            return switch (this) {
                case VALUE -> parameter.value().nonFinite();
                case GRADIENT -> parameter.gradient().nonFinite();
                case UPDATE -> parameter.update().nonFinite();
            };
        }
    }

    private List<String> inGradients(Step step) {
        Origin gradient = inTensors(step, "", Part.GRADIENT);
        return gradient == null ? List.of() : gradient.layerNames();
    }

    private @Nullable Origin inTensors(Step step, String what, Part part) {
        List<String> names = new ArrayList<>();
        String first = "";
        long count = 0;
        for (int i = 0; i < model.layers().size(); i++) {
            List<ParameterStep> parameters = step.layers().get(i).parameters();
            long inLayer = 0;
            for (int p = 0; p < parameters.size(); p++) {
                long bad = part.nonFinite(parameters.get(p));
                if (bad > 0 && first.isEmpty()) {
                    first = model.layers().get(i).parameters().get(p).name();
                }
                inLayer += bad;
            }
            if (inLayer > 0) {
                names.add(model.layers().get(i).name());
                count += inLayer;
            }
        }
        if (names.isEmpty()) {
            return null;
        }
        String place = what + " '" + first + "' of layer '" + names.get(0) + "'";
        return new Origin(step.iteration(), place, names, count, false);
    }

    @Override
    public Verdict verdict() {
        if (steps == 0) {
            return new Verdict.Inconclusive(StepsMissing.words(1, 0));
        }
        Origin first = origin;
        return first == null ? new Verdict.Clear(steps) : Verdict.Found.one(finding(first));
    }

    private Finding finding(Origin first) {
        boolean recovered = finiteSince >= limits.recovered;
        Finding.Builder finding = Finding.of(
                        "non-finite",
                        recovered ? Severity.WARNING : Severity.ERROR,
                        "The first NaN or infinity was in " + first.place() + ", in iteration " + first.iteration()
                                + (recovered
                                        ? "; the last " + finiteSince + " iterations were finite again."
                                        : "; training has not recovered."))
                .layers(first.layerNames())
                .seen(first.iteration(), Math.max(first.iteration(), lastBad), first.iteration())
                .fact(Fact.of("values not finite", first.count(), 0));
        if (Double.isFinite(lossBefore)) {
            finding.fact(Fact.of("loss in the iteration before", lossBefore));
        }
        if (first.inData()) {
            explainData(finding, first);
        } else {
            explainGrowth(finding);
        }
        return finding.build();
    }

    private static void explainData(Finding.Builder finding, Origin first) {
        finding.evidence("likely cause: the data itself; " + first.count() + " values of " + first.place()
                        + " are NaN or infinite, and one is enough to reach every parameter")
                .ruledOut("the network: its parameters were finite when the batch arrived")
                .remedy(Remedy.untried(
                        "clean-data",
                        "replace or drop the " + first.count() + " values that are not finite in " + first.place()
                                + " (iteration " + first.iteration() + ") before training",
                        "BooleanIndexing.replaceWhere(features, 0.0, Conditions.isNan());"));
    }

    private void explainGrowth(Finding.Builder finding) {
        Growth growth = gradients.growth();
        LayerTrack fastest = layers.stream()
                .max((a, b) -> Double.compare(a.peakRatio(), b.peakRatio()))
                .orElse(null);
        if (growth.steady() && growth.decades() >= 2) {
            finding.fact(Fact.of("decades of growth before", growth.decades(), 2))
                    .evidence("likely cause: exploding gradients; their root mean square grew to "
                            + Numbers.format(largestBefore) + " before values overflowed");
        } else if (fastest != null && fastest.peakRatio() > 0.1) {
            finding.evidence("likely cause: steps too long; '" + fastest.name() + "' moved by "
                    + Numbers.format(fastest.peakRatio()) + " of its weights in iteration "
                    + fastest.peakIteration());
        } else {
            finding.evidence(
                    "likely cause: an operation without a finite result, such as the logarithm of 0 in the loss;"
                            + " gradients did not grow before");
        }
        finding.ruledOut("the data: features and labels of that batch were finite, where they were read");
        List<Remedy> steps = StepAdvice.remedies(layers, growth);
        steps.forEach(finding::remedy);
        if (steps.isEmpty()) {
            finding.remedy(Remedy.untried(
                    "check-loss",
                    "find the operation that has no finite result: train on the batch of that iteration alone, with"
                            + " NaN checking on",
                    "Nd4j.getExecutioner().setProfilingConfig(ProfilerConfig.builder().checkForNAN(true).build());"));
        }
    }
}
