package io.gradiometer.dl4j;

import io.gradiometer.finding.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.distribution.OrthogonalDistribution;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.deeplearning4j.nn.weights.WeightInitIdentity;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Remedies that change settings of layers and leave their number and sizes alone. */
final class LayerTreatments {

    private LayerTreatments() {}

    static Map<String, Treatments.Treatment> byId() {
        Map<String, Treatments.Treatment> all = new HashMap<>();
        all.put("he-initialization", initialize(WeightInit.RELU.getWeightInitFunction()));
        all.put("xavier-initialization", initialize(WeightInit.XAVIER.getWeightInitFunction()));
        all.put("lecun-initialization", initialize(WeightInit.LECUN_NORMAL.getWeightInitFunction()));
        all.put("orthogonal-initialization", initialize(new WeightInitDistribution(new OrthogonalDistribution(1))));
        all.put("identity-initialization", (own, change, data) -> identity(own, change));
        all.put("relu-activation", activate(Activation.RELU, WeightInit.RELU));
        all.put("add-nonlinearity", activate(Activation.RELU, WeightInit.RELU));
        all.put("leaky-relu", activate(Activation.LEAKYRELU, WeightInit.RELU));
        all.put("elu-activation", activate(Activation.ELU, WeightInit.RELU));
        all.put("selu-activation", activate(Activation.SELU, WeightInit.LECUN_NORMAL));
        all.put("tanh-activation", activate(Activation.TANH, WeightInit.XAVIER));
        all.put("identity-output", (own, change, data) -> output(own, change, Activation.IDENTITY, null));
        all.put("match-loss-and-output", (own, change, data) -> match(own, change));
        all.put("weight-classes", (own, change, data) -> weighClasses(own, data));
        all.put("weaken-regularization", (own, change, data) -> weaken(own, Treatments.needed(change, "divisor")));
        all.put("regularize", (own, change, data) -> {
            penalize(own, new L2Regularization(change.number("l2").orElse(1e-4)));
            return dropOut(own, change.number("keep").orElse(0.8));
        });
        all.put("l1", (own, change, data) -> penalize(own, new L1Regularization(Treatments.needed(change, "l1"))));
        all.put("l2", (own, change, data) -> penalize(own, new L2Regularization(Treatments.needed(change, "l2"))));
        all.put("dropout", (own, change, data) -> dropOut(own, Treatments.needed(change, "keep")));
        all.put("weaken-dropout", (own, change, data) -> weakenDropout(own, change));
        all.put("unfreeze", (own, change, data) -> unfreeze(own, change));
        return all;
    }

    private static Treatments.Treatment initialize(IWeightInit how) {
        return (own, change, data) -> {
            LayerParts.changeAll(
                    LayerParts.weighing(LayerParts.named(own.network(), change.layers())),
                    "no layer here has weights",
                    layer -> initialize(layer, how));
            return own;
        };
    }

    private static void initialize(BaseLayer layer, IWeightInit how) {
        layer.setWeightInitFn(how);
        if (layer instanceof BaseRecurrentLayer recurrent && recurrent.getWeightInitFnRecurrent() != null) {
            recurrent.setWeightInitFnRecurrent(how);
        }
    }

    /** An identity passes signals on unchanged, and needs as many units as inputs; recurrent weights have that always. */
    private static Regimen identity(Regimen own, Change change) {
        LayerParts.changeAll(
                LayerParts.weighing(LayerParts.named(own.network(), change.layers()))
                        .filter(layer -> layer instanceof BaseRecurrentLayer || isSquare(layer)),
                "no layer has as many units as inputs, which an identity needs",
                layer -> {
                    if (layer instanceof BaseRecurrentLayer recurrent) {
                        recurrent.setWeightInitFnRecurrent(new WeightInitIdentity());
                    } else {
                        layer.setWeightInitFn(new WeightInitIdentity());
                    }
                });
        return own;
    }

    private static boolean isSquare(BaseLayer layer) {
        return layer instanceof FeedForwardLayer forward && forward.getNIn() == forward.getNOut();
    }

    private static Treatments.Treatment activate(Activation activation, WeightInit weights) {
        return (own, change, data) -> {
            List<Blueprint.Place> places = LayerParts.hidden(own.network(), change.layers());
            if (places.isEmpty()) {
                throw new UnfitException("the network has no hidden layer whose activation could be another one");
            }
            for (Blueprint.Place place : places) {
                if (place.layer() instanceof ActivationLayer alone) {
                    alone.setActivationFn(activation.getActivationFunction());
                }
                LayerParts.learning(place.layer()).forEach(layer -> {
                    layer.setActivationFn(activation.getActivationFunction());
                    layer.setWeightInitFn(weights.getWeightInitFunction());
                });
            }
            return own;
        };
    }

    private static Regimen match(Regimen own, Change change) {
        String activation = change.settings().getOrDefault("activation", "");
        String loss = change.settings().getOrDefault("loss", "");
        try {
            return output(
                    own,
                    change,
                    Activation.valueOf(activation.toUpperCase(Locale.ROOT)),
                    LossFunctions.LossFunction.valueOf(loss).getILossFunction());
        } catch (IllegalArgumentException unknown) {
            if (unknown instanceof UnfitException unfit) {
                throw unfit;
            }
            UnfitException unfit =
                    new UnfitException("there is no activation '" + activation + "' or no loss '" + loss + "'");
            unfit.initCause(unknown);
            throw unfit;
        }
    }

    private static Regimen output(Regimen own, Change change, Activation activation, @Nullable ILossFunction loss) {
        LayerParts.changeAll(outputs(own, change.layers()).stream(), "no output layer here has weights", layer -> {
            layer.setActivationFn(activation.getActivationFunction());
            if (loss != null) {
                layer.setLossFn(loss);
            }
        });
        return own;
    }

    private static List<BaseOutputLayer> outputs(Regimen own, List<String> names) {
        List<BaseOutputLayer> found = new ArrayList<>();
        for (Blueprint.Place place : LayerParts.named(own.network(), names)) {
            LayerParts.learning(place.layer())
                    .filter(layer -> layer instanceof BaseOutputLayer)
                    .forEach(layer -> found.add((BaseOutputLayer) layer));
        }
        return found;
    }

    /** Weighs each class by how rare it is, so that all classes count the same. */
    private static Regimen weighClasses(Regimen own, TrialData data) {
        LayerParts.changeAll(
                outputs(own, List.of()).stream().filter(layer -> layer.getLossFn() instanceof LossMCXENT),
                "only LossMCXENT takes weights for classes, and no output layer has it",
                layer -> layer.setLossFn(new LossMCXENT(weights(data, layer))));
        return own;
    }

    private static INDArray weights(TrialData data, BaseOutputLayer layer) {
        INDArray counts = Nd4j.zeros(1, layer.getNOut());
        data.training()
                .forEach(batch -> counts.addi(Batches.rows(
                                batch.getLabels(0), Batches.labelMask(batch, 0), LabelLedger.hasChannelsLast(layer))
                        .sum(true, 0)
                        .castTo(counts.dataType())));
        double mean = counts.meanNumber().doubleValue();
        INDArray weights = counts.dup();
        for (int k = 0; k < weights.length(); k++) {
            weights.putScalar(k, counts.getDouble(k) > 0 ? mean / counts.getDouble(k) : 1);
        }
        return weights;
    }

    private static Regimen weaken(Regimen own, double divisor) {
        LayerParts.learning(own.network()).forEach(layer -> {
            layer.setRegularization(weakened(layer.getRegularization(), divisor));
            layer.setRegularizationBias(weakened(layer.getRegularizationBias(), divisor));
        });
        return own;
    }

    private static List<Regularization> weakened(@Nullable List<Regularization> penalties, double divisor) {
        List<Regularization> changed = new ArrayList<>();
        for (Regularization penalty : penalties == null ? List.<Regularization>of() : penalties) {
            if (penalty instanceof L1Regularization l1) {
                changed.add(new L1Regularization(l1.getL1().valueAt(0, 0) / divisor));
            } else if (penalty instanceof L2Regularization l2) {
                changed.add(new L2Regularization(l2.getL2().valueAt(0, 0) / divisor));
            } else if (penalty instanceof WeightDecay decay) {
                changed.add(new WeightDecay(decay.getCoeff().valueAt(0, 0) / divisor, decay.isApplyLR()));
            } else {
                throw new UnfitException("a " + penalty.getClass().getSimpleName() + " cannot be divided");
            }
        }
        return changed;
    }

    /** Adds a penalty, instead of one of its kind. */
    private static Regimen penalize(Regimen own, Regularization penalty) {
        LayerParts.weighing(own.network().places()).forEach(layer -> {
            List<Regularization> changed = new ArrayList<>();
            if (layer.getRegularization() != null) {
                layer.getRegularization().stream()
                        .filter(old -> old.getClass() != penalty.getClass())
                        .forEach(changed::add);
            }
            changed.add(penalty.clone());
            layer.setRegularization(changed);
        });
        return own;
    }

    private static Regimen dropOut(Regimen own, double keep) {
        List<Blueprint.Place> places = own.network().places();
        // Inputs are what there is to learn from; only what layers make of them is dropped.
        for (Blueprint.Place place : places.subList(Math.min(1, places.size()), places.size())) {
            LayerParts.weighing(List.of(place)).forEach(layer -> layer.setIDropout(new Dropout(keep)));
        }
        return own;
    }

    private static Regimen weakenDropout(Regimen own, Change change) {
        String type = change.settings().getOrDefault("type", "Dropout");
        double keep = Treatments.needed(change, "keep");
        boolean onWeights = type.equals("DropConnect");
        Function<Double, IDropout> made =
                switch (type) {
                    case "GaussianDropout" -> kept -> new GaussianDropout(1 - kept);
                    case "AlphaDropout" -> AlphaDropout::new;
                    default -> Dropout::new;
                };
        List<Runnable> changes = new ArrayList<>();
        for (Blueprint.Place place : own.network().places()) {
            Layer layer = place.layer();
            IDropout old = layer.getIDropout();
            if (!onWeights && old != null && old.getClass().getSimpleName().equals(type)) {
                changes.add(() -> layer.setIDropout(made.apply(keep)));
            }
            LayerParts.learning(layer)
                    .filter(part -> onWeights && part.getWeightNoise() instanceof DropConnect)
                    .forEach(part -> changes.add(() -> part.setWeightNoise(new DropConnect(keep))));
        }
        LayerParts.changeAll(changes.stream(), "the network has no " + type, Runnable::run);
        return own;
    }

    private static Regimen unfreeze(Regimen own, Change change) {
        LayerParts.changeAll(
                LayerParts.named(own.network(), change.layers()).stream()
                        .filter(place -> place.layer() instanceof FrozenLayer),
                "no FrozenLayer is in the configuration",
                place -> place.configuration().setLayer(((FrozenLayer) place.layer()).getLayer()));
        return own;
    }
}
