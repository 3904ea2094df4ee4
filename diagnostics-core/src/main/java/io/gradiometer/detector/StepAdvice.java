package io.gradiometer.detector;

import io.gradiometer.finding.Numbers;
import io.gradiometer.finding.Remedy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What to do about steps that are too long: the one computation that every detector proposes a learning rate from.
 *
 * <p>Computed from the first step that was too long and from weights as they began, never from what an explosion left behind.
 */
final class StepAdvice {

    /** A hundredth of the weights: where Deeplearning4j's own guide begins to worry, and a tenth of what distorts. */
    private static final double SOUND = 0.01;

    /** Above this a growth from step to step is no longer that of descent on one curvature. */
    private static final double MOST_LINEAR_GROWTH = 10;

    private StepAdvice() {}

    /** Returns remedies, the most promising first; none where no step was too long or no learning rate is known. */
    static List<Remedy> remedies(List<LayerTrack> layers, Growth growth) {
        LayerTrack first = layers.stream()
                .filter(layer -> layer.firstLongRate() > 0)
                .min(Comparator.comparingInt(LayerTrack::firstLongIteration)
                        .thenComparing(Comparator.comparingDouble(LayerTrack::firstLongRatio)
                                .reversed()))
                .orElse(null);
        List<Remedy> remedies = new ArrayList<>();
        if (first == null) {
            return remedies;
        }
        double rate = first.firstLongRate();
        boolean plain = first.view.updater().name().equals("Sgd");
        double factor = Math.exp(growth.rate());
        if (plain && growth.steady() && factor > 1 && factor < MOST_LINEAR_GROWTH) {
            // Plain descent on a curvature c multiplies the gradient by |1 - rate·c| in each step: the growth gives c.
            double stable = 2 * rate / (1 + factor);
            remedies.add(Advice.lowerLearningRate(
                    first,
                    rate,
                    Advice.roundDown(stable / 2),
                    "growth by " + Numbers.format(factor) + " a step puts the stable limit at " + Numbers.format(stable)
                            + "; this is half of it"));
        } else {
            remedies.add(Advice.lowerLearningRate(
                    first,
                    rate,
                    Advice.roundDown(rate * SOUND / first.firstLongRatio()),
                    "in iteration " + first.firstLongIteration() + " '" + first.name() + "' moved by "
                            + Numbers.format(first.firstLongRatio()) + " of its weights; aim for "
                            + Numbers.format(SOUND)));
        }
        if (plain) {
            remedies.add(Advice.clipping(
                    Advice.roundDown(SOUND * first.firstWeightNorm() / rate),
                    "at rate " + Numbers.format(rate) + " that moves '" + first.name()
                            + "' by a hundredth of its first weights"));
        }
        return remedies;
    }
}
