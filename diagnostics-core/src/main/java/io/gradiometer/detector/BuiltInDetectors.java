package io.gradiometer.detector;

import io.gradiometer.config.Configuration;
import java.util.List;
import java.util.function.Function;

/** The catalogue, in alphabetical order: one line each. */
final class BuiltInDetectors {

    static final List<Entry<?>> ALL = List.of(
            new Entry<>(ActivationTooDeep.class, ActivationTooDeep.Limits.DEFAULT, ActivationTooDeep::new),
            new Entry<>(ActivationUnsuited.class, ActivationUnsuited.Limits.DEFAULT, ActivationUnsuited::new),
            new Entry<>(BatchTooLarge.class, BatchTooLarge.Limits.DEFAULT, BatchTooLarge::new),
            new Entry<>(BatchTooSmall.class, BatchTooSmall.Limits.DEFAULT, BatchTooSmall::new),
            new Entry<>(BrokenGradient.class, BrokenGradient.Limits.DEFAULT, BrokenGradient::new),
            new Entry<>(CapacityTooSmall.class, CapacityTooSmall.Limits.DEFAULT, CapacityTooSmall::new),
            new Entry<>(ClassCollapse.class, ClassCollapse.Limits.DEFAULT, ClassCollapse::new),
            new Entry<>(ClassImbalance.class, ClassImbalance.Limits.DEFAULT, ClassImbalance::new),
            new Entry<>(ClippingIneffective.class, ClippingIneffective.Limits.DEFAULT, ClippingIneffective::new),
            new Entry<>(
                    ClippingStarvesBatchNorm.class,
                    ClippingStarvesBatchNorm.Limits.DEFAULT,
                    ClippingStarvesBatchNorm::new),
            new Entry<>(DataNotShuffled.class, DataNotShuffled.Limits.DEFAULT, DataNotShuffled::new),
            new Entry<>(DeadUnits.class, DeadUnits.Limits.DEFAULT, DeadUnits::new),
            new Entry<>(DropoutTooStrong.class, DropoutTooStrong.Limits.DEFAULT, DropoutTooStrong::new),
            new Entry<>(ExplodingGradient.class, ExplodingGradient.Limits.DEFAULT, ExplodingGradient::new),
            new Entry<>(GradientSpike.class, GradientSpike.Limits.DEFAULT, GradientSpike::new),
            new Entry<>(IgnoresInput.class, IgnoresInput.Limits.DEFAULT, IgnoresInput::new),
            new Entry<>(LabelsInvalid.class, LabelsInvalid.Limits.DEFAULT, LabelsInvalid::new),
            new Entry<>(LearningRateTooHigh.class, LearningRateTooHigh.Limits.DEFAULT, LearningRateTooHigh::new),
            new Entry<>(LearningRateTooLow.class, LearningRateTooLow.Limits.DEFAULT, LearningRateTooLow::new),
            new Entry<>(LossDiverging.class, LossDiverging.Limits.DEFAULT, LossDiverging::new),
            new Entry<>(LossNotDecreasing.class, LossNotDecreasing.Limits.DEFAULT, LossNotDecreasing::new),
            new Entry<>(LossOscillating.class, LossOscillating.Limits.DEFAULT, LossOscillating::new),
            new Entry<>(LossOutputMismatch.class, LossOutputMismatch.Limits.DEFAULT, LossOutputMismatch::new),
            new Entry<>(MissingClipping.class, MissingClipping.Limits.DEFAULT, MissingClipping::new),
            new Entry<>(MissingNonlinearity.class, MissingNonlinearity.Limits.DEFAULT, MissingNonlinearity::new),
            new Entry<>(NonFinite.class, NonFinite.Limits.DEFAULT, NonFinite::new),
            new Entry<>(Overfitting.class, Overfitting.Limits.DEFAULT, Overfitting::new),
            new Entry<>(PoorInitialization.class, PoorInitialization.Limits.DEFAULT, PoorInitialization::new),
            new Entry<>(
                    RegularizationTooStrong.class,
                    RegularizationTooStrong.Limits.DEFAULT,
                    RegularizationTooStrong::new),
            new Entry<>(SaturatedUnits.class, SaturatedUnits.Limits.DEFAULT, SaturatedUnits::new),
            new Entry<>(SlowConvergence.class, SlowConvergence.Limits.DEFAULT, SlowConvergence::new),
            new Entry<>(StoppedTooEarly.class, StoppedTooEarly.Limits.DEFAULT, StoppedTooEarly::new),
            new Entry<>(UnchangedWeights.class, UnchangedWeights.Limits.DEFAULT, UnchangedWeights::new),
            new Entry<>(UnscaledInput.class, UnscaledInput.Limits.DEFAULT, UnscaledInput::new),
            new Entry<>(UnscaledTarget.class, UnscaledTarget.Limits.DEFAULT, UnscaledTarget::new),
            new Entry<>(UnusedLayer.class, UnusedLayer.Limits.DEFAULT, UnusedLayer::new),
            new Entry<>(UpdaterUnsuited.class, UpdaterUnsuited.Limits.DEFAULT, UpdaterUnsuited::new),
            new Entry<>(VanishingGradient.class, VanishingGradient.Limits.DEFAULT, VanishingGradient::new));

    private BuiltInDetectors() {}

    /**
     * One detector of the catalogue.
     *
     * @param type that carries a {@link DetectorInfo}
     * @param limits documented defaults
     * @param factory makes one for each run
     */
    record Entry<L extends Record>(Class<? extends Detector> type, L limits, Function<L, Detector> factory) {

        DetectorInfo info() {
            return type.getAnnotation(DetectorInfo.class);
        }

        Detector create(Configuration configuration) {
            return factory.apply(LimitRecords.override(limits, configuration.limits(info().id())));
        }
    }
}
