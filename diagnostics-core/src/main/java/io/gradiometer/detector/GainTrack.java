package io.gradiometer.detector;

import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.Step;

/**
 * What the loss lost over what its gradients promised for the steps that were made, over the first iterations, all of which are
 * read.
 *
 * <p>A gradient promises ⟨g, u⟩ for a step u, which is at most ‖g‖·‖u‖. Steps that are short keep the promise (ratio 1), the best
 * ones on a curvature keep half of it, and too long ones nothing. Noise of the minibatch lengthens g and u without helping the
 * loss, and so lowers the ratio: a high one is beyond doubt, a low one says little.
 */
final class GainTrack {

    private double promised;
    private final Blocks losses = new Blocks();
    private boolean interrupted;
    private int steps;

    void step(ModelView model, Step step) {
        interrupted |= !step.full();
        if (!interrupted) {
            for (int i = 0; i < step.layers().size(); i++) {
                LayerView view = model.layers().get(i);
                LayerStep layer = step.layers().get(i);
                promised += layer.clipped(view).l2() * layer.update(view).l2();
            }
            losses.add(step.iteration(), step.loss());
            steps++;
        }
    }

    /** Returns how many steps it rests on. */
    int steps() {
        return steps;
    }

    /** Returns the losses of those steps, in blocks. */
    double[] losses() {
        return losses.means();
    }

    /** Returns the ratio; NaN where too little was seen. */
    double ratio() {
        double[] means = losses.means();
        int ends = Math.max(1, means.length / 8);
        if (means.length < 4 || !(promised > 0)) {
            return Double.NaN;
        }
        double first = 0;
        double last = 0;
        for (int i = 0; i < ends; i++) {
            first += means[i] / ends;
            last += means[means.length - 1 - i] / ends;
        }
        return (first - last) / promised;
    }
}
