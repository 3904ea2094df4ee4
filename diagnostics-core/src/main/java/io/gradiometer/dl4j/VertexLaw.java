package io.gradiometer.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.jspecify.annotations.Nullable;

/** What a vertex without a layer makes of the fields that meet in it. */
final class VertexLaw {

    private VertexLaw() {}

    /** Returns what becomes of the fields; null where no formula fits. */
    static @Nullable Passage of(GraphVertex vertex, List<Field> inputs) {
        Field first = inputs.get(0);
        if (vertex instanceof MergeVertex) {
            return inputs.size() == 1 ? Passage.scaling(first, 1) : SumLaw.merged(inputs);
        } else if (vertex instanceof ElementWiseVertex joint) {
            return joined(joint, inputs);
        } else if (vertex instanceof ScaleVertex scale) {
            double factor = scale.getScaleFactor();
            return Passage.scaling(first.with(Passage.times(first.values(), factor), first.normal()), factor * factor);
        } else if (vertex instanceof ShiftVertex shift) {
            double[] values = first.values().clone();
            for (int k = 0; k < values.length; k++) {
                values[k] += shift.getShiftFactor();
            }
            return Passage.scaling(first.with(values, first.normal()), 1);
        } else if (vertex instanceof PreprocessorVertex arrangement) {
            return Passage.scaling(LayerLaw.arranged(arrangement.getPreProcessor(), first), 1);
        } else if (vertex instanceof SubsetVertex subset) {
            return Passage.scaling(first.of(subset.getTo() - subset.getFrom() + 1.0), 1);
        }
        boolean keeps = vertex instanceof ReshapeVertex || vertex instanceof PoolHelperVertex;
        return keeps ? Passage.scaling(first, 1) : null;
    }

    private static @Nullable Passage joined(ElementWiseVertex vertex, List<Field> inputs) {
        ElementWiseVertex.Op operation = vertex.getOp();
        if (inputs.size() == 1 || operation == ElementWiseVertex.Op.Add) {
            return SumLaw.of(inputs, 1);
        } else if (operation == ElementWiseVertex.Op.Average) {
            return SumLaw.of(inputs, 1.0 / inputs.size());
        } else if (operation == ElementWiseVertex.Op.Subtract) {
            List<Field> signed = new ArrayList<>(inputs);
            Field second = signed.get(1);
            signed.set(1, second.with(Passage.times(second.values(), -1), second.normal()));
            return SumLaw.of(signed, 1);
        }
        return operation == ElementWiseVertex.Op.Product && inputs.size() == 2
                ? product(inputs.get(0), inputs.get(1))
                : null;
    }

    private static Passage product(Field one, Field other) {
        double mean = one.mean() * other.mean();
        double variance = one.meanSquare() * other.meanSquare() - mean * mean;
        double shared = one.product() * other.product() - mean * mean;
        Field out = Field.normal(mean, variance, shared, one.area(), one.channels());
        return new Passage(out, error -> {
            double passing = GaussianNodes.mean(error);
            return List.of(
                    GaussianNodes.constant(passing * other.meanSquare()),
                    GaussianNodes.constant(passing * one.meanSquare()));
        });
    }
}
