package io.gradiometer.dl4j;

import org.apiguardian.api.API;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Lets one layer learn at a time, from the output to the input and over again: block coordinate descent.
 *
 * <pre>{@code
 * network.addListeners(LayersInTurn.every(10));
 * }</pre>
 *
 * <p>The gradients of all other layers are set to zero between back-propagation and the updater. Layers rest for certain with {@code Sgd};
 * updaters with a memory (momentum, Adam) go on moving a resting layer for a while by what they remember, and regularisation moves it,
 * too. Frozen layers have no turn.
 *
 * <p>This changes training; it is no part of observing. One listener for one network.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class LayersInTurn extends BaseTrainingListener {

    private final int iterations;
    private final GradientRanges.OfOneNetwork ranges = new GradientRanges.OfOneNetwork();
    private long steps;

    private LayersInTurn(int iterations) {
        this.iterations = iterations;
    }

    /** Returns a listener that gives each layer its turn for so many iterations. */
    public static LayersInTurn every(int iterations) {
        if (iterations < 1) {
            throw new IllegalArgumentException("a turn takes one iteration at least, not " + iterations);
        }
        return new LayersInTurn(iterations);
    }

    @Override
    public void onGradientCalculation(Model model) {
        INDArray flat = model.getGradientsViewArray();
        if (flat == null) {
            return;
        }
        GradientRanges where = ranges.of(model, () -> steps = 0);
        long turn = steps / iterations % Math.max(1, where.layers());
        for (int layer = 0; layer < where.layers(); layer++) {
            if (where.layers() - 1 - layer != turn) {
                where.ofLayer(flat, layer).forEach(gradient -> gradient.assign(0));
            }
        }
        steps++;
    }

    @Override
    public String toString() {
        return "LayersInTurn(every " + iterations + ")";
    }
}
