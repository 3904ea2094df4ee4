package io.gradiometer.dl4j;

import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossFMeasure;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMultiLabel;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/** What a loss function takes its labels for, and so in which metric they are predicted. */
enum LabelKind {
    /** Of the classes, that exclude each other. */
    SHARES,
    /** Each by itself between no and yes. */
    FLAGS,
    /** The number of a class. */
    CLASS_NUMBER,
    /** Quantities. */
    NUMBERS;

    static LabelKind of(ILossFunction loss) {
        if (loss instanceof LossSparseMCXENT) {
            return CLASS_NUMBER;
        } else if (loss instanceof LossMCXENT || loss instanceof LossKLD) {
            return SHARES;
        }
        boolean flags =
                loss instanceof LossBinaryXENT || loss instanceof LossMultiLabel || loss instanceof LossFMeasure;
        return flags ? FLAGS : NUMBERS;
    }

    /** Of a loss operation of {@code SameDiff}. */
    static LabelKind of(String operation) {
        return switch (operation) {
            case "sparse_softmax_cross_entropy_loss_with_logits" -> CLASS_NUMBER;
            case "softmax_cross_entropy_loss", "softmax_cross_entropy_loss_with_logits" -> SHARES;
            case "sigm_cross_entropy_loss", "log_loss" -> FLAGS;
            default -> NUMBERS;
        };
    }
}
