package io.gradiometer.dl4j;

import io.gradiometer.finding.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.Activation;

/** Remedies that add layers, ways around them and units, or take layers out. */
final class StructureTreatments {

    private StructureTreatments() {}

    static Map<String, Treatments.Treatment> byId() {
        Map<String, Treatments.Treatment> all = new HashMap<>();
        all.put("batch-normalization", (own, change, data) -> normalize(own, change));
        all.put("residual", (own, change, data) -> bypass(own, change));
        all.put("fewer-layers", (own, change, data) -> thin(own, change));
        all.put("more-units", (own, change, data) -> widen(own, change));
        return all;
    }

    private static Regimen normalize(Regimen own, Change change) {
        Blueprint network = own.network();
        List<Blueprint.Place> places = LayerParts.hidden(network, change.layers()).stream()
                .filter(place -> place.layer() instanceof DenseLayer || place.layer() instanceof ConvolutionLayer)
                .filter(place -> network.onlyFollower(place).stream()
                        .noneMatch(next -> next.layer() instanceof BatchNormalization))
                .toList();
        LayerParts.changeAll(
                places.stream(),
                "no dense or convolutional layer before the output is without batch normalisation",
                place -> network.insertBehind(place, normalization(place)));
        return own;
    }

    private static NeuralNetConfiguration normalization(Blueprint.Place place) {
        FeedForwardLayer before = (FeedForwardLayer) place.layer();
        BatchNormalization layer = new BatchNormalization.Builder()
                .nIn(before.getNOut())
                .nOut(before.getNOut())
                .build();
        layer.setActivationFn(Activation.IDENTITY.getActivationFunction());
        if (before instanceof ConvolutionLayer convolution) {
            layer.setCnn2DFormat(convolution.getCnn2dDataFormat());
        }
        NeuralNetConfiguration configuration = new NeuralNetConfiguration.Builder()
                .updater(before.getIUpdater().clone())
                .dataType(place.configuration().getDataType())
                .miniBatch(place.configuration().isMiniBatch())
                .layer(layer)
                .build();
        // Clipped, its running statistics would lag behind.
        layer.setGradientNormalization(GradientNormalization.None);
        return configuration;
    }

    private static Regimen bypass(Regimen own, Change change) {
        Blueprint.Web graph = own.network().asGraph();
        LayerParts.changeAll(
                LayerParts.named(graph, change.layers()).stream()
                        .filter(place -> !graph.isOutput(place) && place.direct() && keepsShape(place.layer())),
                "no layer before the output gives what it takes in number and shape",
                graph::bypass);
        return own.with(graph);
    }

    private static boolean keepsShape(Layer layer) {
        if (!(layer instanceof FeedForwardLayer forward) || forward.getNIn() != forward.getNOut()) {
            return false;
        } else if (layer instanceof ConvolutionLayer convolution) {
            return convolution.getConvolutionMode() == ConvolutionMode.Same
                    && List.of(convolution.getStride()[0], convolution.getStride()[1])
                            .equals(List.of(1, 1));
        }
        return layer instanceof DenseLayer || layer instanceof LSTM || layer instanceof SimpleRnn;
    }

    private static Regimen thin(Regimen own, Change change) {
        int surplus = (int) (Treatments.needed(change, "from") - Treatments.needed(change, "layers"));
        Blueprint network = own.network();
        List<Blueprint.Place> removable = network.places().stream()
                .filter(place -> !network.isOutput(place)
                        && place.direct()
                        && place.layer() instanceof DenseLayer
                        && keepsShape(place.layer()))
                .toList();
        if (surplus < 1 || removable.size() < surplus) {
            throw new UnfitException("only " + removable.size() + " dense layers give as many values as they take, and "
                    + surplus + " would have to go");
        }
        removable.subList(removable.size() - surplus, removable.size()).forEach(network::remove);
        return own;
    }

    private static Regimen widen(Regimen own, Change change) {
        long units = (long) Treatments.needed(change, "units");
        Blueprint network = own.network();
        Blueprint.Place place = LayerParts.named(network, change.layers()).get(0);
        if (!(place.layer() instanceof DenseLayer || place.layer() instanceof ConvolutionLayer)) {
            throw new UnfitException("'" + place.name() + "' is neither dense nor convolutional");
        }
        ((FeedForwardLayer) place.layer()).setNOut(units);
        Blueprint.Place taker = place;
        do {
            List<Blueprint.Place> next = network.onlyFollower(taker);
            if (next.isEmpty()) {
                throw new UnfitException("what follows '" + taker.name() + "' does not take its values as they are");
            }
            taker = next.get(0);
        } while (!takes(taker.layer(), units));
        return own;
    }

    /** Tells a layer of its new inputs; returns whether those behind it need not be told. */
    private static boolean takes(Layer layer, long inputs) {
        if (layer instanceof ActivationLayer || layer instanceof DropoutLayer) {
            return false;
        } else if (layer instanceof BatchNormalization normalization) {
            normalization.setNIn(inputs);
            normalization.setNOut(inputs);
            return false;
        } else if (layer instanceof BaseLayer && layer instanceof FeedForwardLayer forward) {
            forward.setNIn(inputs);
            return true;
        }
        throw new UnfitException("a " + layer.getClass().getSimpleName() + " behind it cannot be told of its width");
    }
}
