package io.gradiometer.dl4j;

import io.gradiometer.dl4j.Spread.Step;
import io.gradiometer.dl4j.Stretch.Hop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the law of infinite width leaves out of dense layers, which have some hundred units: what chance does to their signals.
 *
 * <p>Chance makes the variance of a layer's pre-activations a little larger or smaller than its mean. Where a network's variance
 * stands at an unstable point, as with GELU and weights drawn for ReLU, layers behind take it ever farther off, and the mean over
 * networks is not what the mean variance would give. Three things of the order 1/width count for each layer:
 *
 * <ul>
 *   <li>the variance is spread (Hanin and Nica 2020 give its size for rectifiers), so its probabilities are followed and not its
 *       mean alone;
 *   <li>units that say much pass much of the error, and so more passes where the next layer's variance is large;
 *   <li>the error comes back through the same weights, which the way forward has told something about: the part of it that would
 *       make the layer larger or smaller as a whole returns as the way forward lets it, not by chance.
 * </ul>
 *
 * <p>Given the variances, the first two moments of the error follow linear equations. Where logarithms of the variance spread so far
 * that few networks are near the mean, nothing is told, and the law of infinite width stands.
 */
final class FiniteWidth {

    /** Standard deviation of a variance's logarithm. */
    private static final double WIDEST = 3;

    /** Sum of 1/width over a stretch: beyond, chance decides, and neither law was near the mean of drawn networks. */
    private static final double MOST_CHANCE = 5;

    /** Keeps the cost of very deep networks in bounds, at half a millisecond for each hop. */
    private static final int MOST_HOPS = 200;

    private final Map<String, Field> outputs;
    private final Map<String, Field> preActivations;
    private final Map<String, Shift> shifts = new HashMap<>();

    /**
     * By what chance multiplies the law of infinite width.
     *
     * @param square mean square of what a station gives
     * @param error mean square of the error that the station hands back
     */
    record Shift(double square, double error) {
        static final Shift NONE = new Shift(1, 1);

        boolean isTold() {
            return square > 0 && error > 0 && square + error < Double.POSITIVE_INFINITY;
        }
    }

    /** A hop whose moments are known. */
    private static final class Crossed {
        private final Hop hop;
        private final Spread spread;
        private final List<HopMoments> moments;
        private final HopMoments wide;
        private final double nextInputs;
        private final Step step;

        /**
         * @param spread of the variance of its pre-activations
         * @param moments for each of the variances, and last for that of infinite width
         * @param next the hop behind
         * @param nextVariance of that one, at infinite width
         */
        Crossed(Hop hop, Spread spread, List<HopMoments> moments, Hop next, double nextVariance) {
            this.hop = hop;
            this.spread = spread;
            this.moments = moments.subList(0, moments.size() - 1);
            this.wide = moments.get(moments.size() - 1);
            this.nextInputs = next.inputs();
            double gain = nextVariance / wide.square();
            this.step = Step.logNormal(each(m -> gain * m.square()), each(m -> m.scatter() / nextInputs));
        }

        double[] each(ToDoubleFunction<HopMoments> moment) {
            return moments.stream().mapToDouble(moment).toArray();
        }

        /** Adds by how much larger the mean square is that each station gives. */
        void addSquares(Map<String, Shift> found) {
            for (int k = 0; k < hop.stations().size(); k++) {
                int station = k;
                String name = hop.stations().get(k).name();
                double square = spread.mean(each(m -> m.squares().get(station)))
                        / wide.squares().get(station);
                found.put(name, new Shift(square, found.getOrDefault(name, Shift.NONE).error));
            }
        }
    }

    /**
     * The error at the pre-activations of a layer, for each variance that the layer may have, relative to what infinite width would
     * make of it: of what is there in all, and of its part along the pre-activations, counted so that both are alike where the
     * error knows nothing of the way forward.
     */
    private static final class Returned {
        private final double[] all;
        private final double[] along;

        Returned(double[] all, double[] along) {
            this.all = all;
            this.along = along;
        }

        /** Where the loss is met, the error depends on labels and not on weights. */
        static Returned fromLoss(int variances) {
            double[] ones = new double[variances];
            Arrays.fill(ones, 1);
            return new Returned(ones, ones);
        }

        /** Returns the error before a hop. */
        Returned before(Crossed way, Spread behind) {
            Step favoured = way.step.moved(way.each(m -> m.joint() / way.nextInputs));
            double[] expected = behind.expected(all, favoured);
            double[] expectedAlong = behind.expected(along, favoured);
            double[] before = new double[expected.length];
            double[] beforeAlong = new double[expected.length];
            for (int i = 0; i < before.length; i++) {
                HopMoments moments = way.moments.get(i);
                double passing = moments.slope() / way.wide.slope();
                double excess = expectedAlong[i] - expected[i];
                before[i] = passing * (expected[i] + (moments.joint() + 1) / way.nextInputs * excess);
                beforeAlong[i] = passing * (moments.outer() * expected[i] + moments.radial() * excess);
            }
            return new Returned(before, beforeAlong);
        }
    }

    private FiniteWidth(Map<String, Field> outputs, Map<String, Field> preActivations) {
        this.outputs = outputs;
        this.preActivations = preActivations;
    }

    /**
     * Returns what chance does to each station, by its name; stations to which nothing is known to happen are left out.
     *
     * @param outputs what each station gives at infinite width, and the network's inputs
     * @param preActivations what each applies its activation to
     */
    static Map<String, Shift> shifts(Wiring wiring, Map<String, Field> outputs, Map<String, Field> preActivations) {
        FiniteWidth finite = new FiniteWidth(outputs, preActivations);
        Stretch.of(wiring).forEach(finite::add);
        return finite.shifts;
    }

    private void add(Stretch stretch) {
        List<Hop> hops = stretch.hops();
        Field before = outputs.get(hops.get(0).mixing().inputs().get(0));
        double chance =
                hops.stream().skip(1).mapToDouble(hop -> 1 / hop.inputs()).sum();
        if (before == null || hops.size() > MOST_HOPS || !(chance <= MOST_CHANCE)) {
            return;
        }
        List<Crossed> ways = new ArrayList<>();
        Spread spread = beginning(hops.get(0), before);
        for (int i = 0; i + 1 < hops.size(); i++) {
            Crossed way = cross(hops.get(i), spread, hops.get(i + 1));
            if (way == null) {
                return;
            }
            ways.add(way);
            spread = spread.after(way.step);
            if (!(spread.deviation() <= WIDEST)) {
                return;
            }
        }
        comeBack(hops, ways, spread);
    }

    /** Inputs, or units of a layer of another kind, are the first to bring chance along. */
    private Spread beginning(Hop first, Field before) {
        double square = before.meanSquare();
        double fourth = GaussianNodes.meanSquare(
                Arrays.stream(before.values()).map(v -> v * v).toArray());
        return Spread.logNormal(variance(first), (fourth / (square * square) - 1) / first.inputs());
    }

    private double variance(Hop hop) {
        Field field = preActivations.get(hop.mixing().name());
        return field == null ? Double.NaN : field.variance();
    }

    private @Nullable Crossed cross(Hop hop, Spread spread, Hop next) {
        Field field = preActivations.get(hop.mixing().name());
        if (field == null) {
            return null;
        }
        double[] spreadOut = spread.variances();
        double[] variances = Arrays.copyOf(spreadOut, spreadOut.length + 1);
        variances[spreadOut.length] = field.variance();
        List<HopMoments> moments = HopMoments.of(hop.activations(), field.mean(), variances);
        return moments == null ? null : new Crossed(hop, spread, moments, next, variance(next));
    }

    private void comeBack(List<Hop> hops, List<Crossed> ways, Spread last) {
        double[] factors = new double[hops.size()];
        factors[ways.size()] = 1;
        Returned error = Returned.fromLoss(last.variances().length);
        Spread behind = last;
        for (int i = ways.size() - 1; i >= 0; i--) {
            Crossed way = ways.get(i);
            error = error.before(way, behind);
            factors[i] = way.spread.mean(error.all);
            behind = way.spread;
        }
        Map<String, Shift> found = new HashMap<>();
        for (int i = 0; i < hops.size(); i++) {
            double handedBack = i == 0 ? 1 : factors[i - 1] / factors[i];
            found.put(hops.get(i).mixing().name(), new Shift(1, handedBack));
        }
        ways.forEach(way -> way.addSquares(found));
        if (found.values().stream().allMatch(Shift::isTold)) {
            shifts.putAll(found);
        }
    }
}
