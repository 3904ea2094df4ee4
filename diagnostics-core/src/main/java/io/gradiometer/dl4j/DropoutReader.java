package io.gradiometer.dl4j;

import io.gradiometer.signal.DropoutView;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;

/** Reads what a layer leaves to chance; schedules have set the probability of their constructor to NaN. */
final class DropoutReader {

    private DropoutReader() {}

    /** Returns dropout at the layer's entrance, then noise on its weights. */
    static List<DropoutView> read(Layer layer) {
        List<DropoutView> views = new ArrayList<>();
        IDropout dropout = layer.getIDropout();
        if (dropout != null) {
            views.add(new DropoutView(dropout.getClass().getSimpleName(), kept(dropout)));
        }
        IWeightNoise noise = layer instanceof BaseLayer base ? base.getWeightNoise() : null;
        if (noise != null) {
            double kept = noise instanceof DropConnect connect ? connect.getWeightRetainProb() : Double.NaN;
            views.add(new DropoutView(noise.getClass().getSimpleName(), kept));
        }
        return views;
    }

    private static double kept(IDropout dropout) {
        if (dropout instanceof Dropout plain) {
            return plain.getP();
        } else if (dropout instanceof AlphaDropout alpha) {
            return alpha.getP();
        } else if (dropout instanceof SpatialDropout spatial) {
            return spatial.getP();
        }
        // It multiplies by noise of the variance rate / (1 - rate), as dropout that keeps 1 - rate does.
        return dropout instanceof GaussianDropout gaussian ? 1 - gaussian.getRate() : Double.NaN;
    }
}
