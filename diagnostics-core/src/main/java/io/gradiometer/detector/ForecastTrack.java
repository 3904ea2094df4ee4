package io.gradiometer.detector;

import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.PreflightReport;
import io.gradiometer.finding.PreflightReport.OfLayer;
import io.gradiometer.finding.PreflightReport.Pair;
import io.gradiometer.signal.Forecast;
import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Prospect;
import io.gradiometer.signal.Smell;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.jspecify.annotations.Nullable;

/**
 * What was told of a network before it trained, beside what its first readings measured.
 *
 * <p>Foreknowledge alone is no finding: it becomes a line of evidence where training has shown the harm.
 */
final class ForecastTrack {

    /** The forecast is of weights that have hardly moved. */
    private static final int READINGS = 4;

    /** A signal that changes by less is as it should be. */
    private static final double DECADE = 1;

    /** Foretold and measured agree where they are within a factor of 2 for each decade. */
    private static final double AGREEMENT = Math.log10(2);

    private static final int FEW = 3;

    private static final Set<String> CAUSES_OF_FADING =
            Set.of("poor-initialization", "activation-too-deep", "activation-unsuited");

    private final List<Beginning> layers = new ArrayList<>();
    private Prospect prospect = Prospect.UNKNOWN;
    private double labelRms = Double.NaN;
    private double skill = Double.NaN;
    private int steps;
    private int readings;

    /** The first readings of one layer. */
    private static final class Beginning {
        private final String name;
        private final boolean output;
        private final List<Double> outputs = new ArrayList<>();
        private final List<Double> decades = new ArrayList<>();

        Beginning(String name, boolean output) {
            this.name = name;
            this.output = output;
        }
    }

    void start(ModelView model) {
        model.layers().forEach(layer -> layers.add(new Beginning(layer.name(), layer.isOutput())));
    }

    void foretold(Prospect told) {
        prospect = told;
    }

    void step(Step step) {
        if (steps++ == 0) {
            TensorStats labels = step.labels();
            labelRms = labels.isRead() ? labels.rms() : Double.NaN;
            skill = step.skill();
        }
        if (step.full() && readings < READINGS) {
            readings++;
            read(step);
        }
    }

    private void read(Step step) {
        double reference = Double.NaN;
        for (int i = 0; i < layers.size(); i++) {
            double signal = step.layers().get(i).signal();
            reference = layers.get(i).output && signal > 0 ? signal : reference;
        }
        for (int i = 0; i < layers.size(); i++) {
            LayerStep layer = step.layers().get(i);
            if (layer.outputs().isRead()) {
                layers.get(i).outputs.add(layer.outputs().rms());
            }
            double decades = Math.log10(layer.signal() / reference);
            if (Double.isFinite(decades)) {
                layers.get(i).decades.add(decades);
            }
        }
    }

    /** Returns the two side by side; nothing where nothing was told. */
    PreflightReport report() {
        return prospect.isKnown()
                ? new PreflightReport(prospect.inputRms(), labelRms, skill, pairs(), prospect.smells())
                : PreflightReport.NONE;
    }

    private List<OfLayer> pairs() {
        List<OfLayer> pairs = new ArrayList<>();
        List<Forecast.OfLayer> told = prospect.forecast().layers();
        for (int i = 0; i < Math.min(told.size(), layers.size()); i++) {
            Beginning layer = layers.get(i);
            Forecast.OfLayer forecast = told.get(i);
            if (forecast.name().equals(layer.name)) {
                pairs.add(new OfLayer(
                        layer.name,
                        new Pair(forecast.outputRms(), median(layer.outputs)),
                        new Pair(forecast.signalDecades(), median(layer.decades))));
            }
        }
        return pairs;
    }

    private static double median(List<Double> values) {
        return new Median()
                .evaluate(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Returns the findings, those that were foretold with a line that says so. */
    List<Finding> joinedTo(List<Finding> findings) {
        String fading = findings.stream().anyMatch(f -> f.id().equals("vanishing-gradient")) ? agreement(-1) : null;
        String growing = findings.stream().anyMatch(f -> f.id().equals("exploding-gradient")) ? agreement(1) : null;
        return findings.stream()
                .map(finding -> {
                    Stream<@Nullable String> profile =
                            CAUSES_OF_FADING.contains(finding.id()) ? Stream.of(fading, growing) : Stream.empty();
                    return finding.withEvidence(Stream.concat(profile.filter(Objects::nonNull), smells(finding))
                            .toList());
                })
                .toList();
    }

    private Stream<String> smells(Finding finding) {
        List<Smell> same = prospect.smells().stream()
                .filter(smell -> smell.id().equals(finding.id()))
                .filter(smell -> finding.layers().isEmpty() || finding.layers().contains(smell.layer()))
                .toList();
        Stream<String> lines = same.stream()
                .limit(FEW)
                .map(smell -> "already the configuration says so: '" + smell.layer() + "': " + smell.summary());
        return same.size() > FEW
                ? Stream.concat(lines, Stream.of("the same of " + (same.size() - FEW) + " more layers"))
                : lines;
    }

    /**
     * Says that the signal was foretold to fare as it did; null where it did not, or fared well.
     *
     * @param direction 1 where it grows on its way to the input, −1 where it fades
     */
    private @Nullable String agreement(int direction) {
        List<OfLayer> way =
                pairs().stream().filter(pair -> pair.signalDecades().isWhole()).toList();
        int farthest = -1;
        for (int i = 0; i < way.size(); i++) {
            double decades = direction * way.get(i).signalDecades().measured();
            if (decades
                    > (farthest < 0
                            ? DECADE
                            : direction * way.get(farthest).signalDecades().measured())) {
                farthest = i;
            }
        }
        if (farthest < 0 || farthest == way.size() - 1) {
            return null;
        }
        Pair decades = way.get(farthest).signalDecades();
        int hops = way.size() - 1 - farthest;
        boolean agree = Math.abs(decades.foretold() - decades.measured()) <= AGREEMENT * Math.abs(decades.measured());
        return agree
                ? "forecast from the configuration: " + perHop(decades.foretold(), hops) + " per hop, measured "
                        + perHop(decades.measured(), hops) + " per hop, over " + hops + " hops to '"
                        + way.get(farthest).name() + "'"
                : null;
    }

    private static String perHop(double decades, int hops) {
        return "a factor of " + Numbers.format(Math.pow(10, decades / hops));
    }
}
