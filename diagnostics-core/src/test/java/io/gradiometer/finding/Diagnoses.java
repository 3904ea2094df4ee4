package io.gradiometer.finding;

import io.gradiometer.signal.Smell;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Diagnoses for tests: one that exercises every feature, and small ones. */
public final class Diagnoses {

    private Diagnoses() {}

    /** Everything at once: every status, severity and proof, awkward names, numbers that JSON lacks. Volatile values fixed. */
    public static Diagnosis canonical() {
        return new Diagnosis(
                run("FraudModelTest.trains()-1"),
                List.of(explodingGradient(), learningRate(), deadUnits(), nonFinite()),
                List.of(new Undecided("loss-not-decreasing", "12 more steps")),
                preflight(),
                new Cost(0.012, 1.5, 31),
                Map.of("gradiometer.failOn", "error", "gradiometer.ignore", ""));
    }

    private static PreflightReport preflight() {
        return new PreflightReport(
                1.03,
                Double.NaN,
                -0.25,
                List.of(
                        new PreflightReport.OfLayer(
                                "dense_0",
                                new PreflightReport.Pair(0.7, 0.71),
                                new PreflightReport.Pair(-12.25, Double.NEGATIVE_INFINITY)),
                        new PreflightReport.OfLayer(
                                "out\tput\n\u001b[31m\u2028",
                                new PreflightReport.Pair(Double.NaN, 0.5),
                                new PreflightReport.Pair(0, 0))),
                List.of(new Smell(
                        "poor-initialization", "dense_0", "all weights are 0: units that start alike stay alike")));
    }

    /** A run of two layers in a test. */
    public static RunInfo run(String id) {
        return run(
                id,
                new RunInfo.TestRef(
                        "com.example.FraudModelTest",
                        "trains",
                        "trains \"quickly\" – für €5, 学习 \uD83D\uDE00 </script>",
                        "[engine:junit-jupiter]/[class:com.example.FraudModelTest]/[method:trains()]"),
                new RunInfo.SourceRef("src/test/java/com/example/FraudModelTest.java", 42));
    }

    /** A run in a test or not. */
    public static RunInfo run(String id, RunInfo.@Nullable TestRef test, RunInfo.@Nullable SourceRef source) {
        return new RunInfo(
                id,
                "FraudModelTest.trains()",
                test,
                source,
                "fraud",
                "20260102-030405-17",
                "MultiLayerNetwork",
                List.of("dense_0", "out\tput\n\u001b[31m\u2028"),
                8070,
                "FLOAT",
                "CPU",
                -42,
                1000,
                10,
                Instant.parse("2026-01-02T03:04:05.678Z"),
                true,
                "0.1.0");
    }

    private static Finding explodingGradient() {
        return Finding.of("exploding-gradient", Severity.ERROR, "Layer 'dense_0': its gradient grew 4000-fold.")
                .layers(List.of("dense_0", "out\tput\n\u001b[31m\u2028"))
                .seen(12, 80, 14)
                .confidence(0.99)
                .because("learning-rate-too-high")
                .because("poor-initialization")
                .fact(Fact.of("update ratio", 0.031, 0.001))
                .fact(Fact.of("gradient growth", 4.1234567890123e12))
                .evidence("steps this large overshoot")
                .evidence("the loss rose with them")
                .ruledOut("unscaled input: features have mean 0 and spread 1")
                .remedy(new Remedy(
                        "lower-learning-rate",
                        "lower the learning rate from 0.1 to 0.0032",
                        "new Sgd(0.0032)",
                        Change.of("from", 0.1).and("learning-rate", 0.0032).in(List.of("dense_1", "dense_2")),
                        new Proof(Proof.Status.CURES, "loss", 2.3, 0.1, 1.9, 2.5, "a blind change did as well")))
                .remedy(new Remedy(
                        "clip-l2-per-layer",
                        "clip each layer's gradient at 1",
                        "",
                        new Proof(Proof.Status.HELPS, "loss", 2.3, 1.5)))
                .remedy(new Remedy(
                        "add-batch-norm",
                        "normalise each batch",
                        "",
                        new Proof(Proof.Status.NO_EFFECT, "loss", 2.3, 2.3)))
                .remedy(new Remedy(
                        "raise-learning-rate",
                        "raise the learning rate to 1",
                        "",
                        new Proof(Proof.Status.HARMS, "loss", 2.3, Double.POSITIVE_INFINITY)))
                .remedy(new Remedy(
                        "larger-batch",
                        "take 64 examples a batch",
                        "",
                        new Proof(Proof.Status.UNCLEAR, "loss", 2.3, Double.NaN)))
                .remedy(Remedy.untried("use-adam", "use Adam at 0.001", "new Adam(1e-3)"))
                .build()
                .withFingerprint("3f2a9c");
    }

    private static Finding learningRate() {
        return finding("learning-rate-too-high", Severity.WARNING, Finding.Status.EXPECTED);
    }

    private static Finding deadUnits() {
        return finding("dead-units", Severity.INFO, Finding.Status.SUPPRESSED);
    }

    private static Finding nonFinite() {
        // 2e23 and 8.41e21: older JDKs print more digits of them than newer ones.
        return Finding.of("non-finite", Severity.ERROR, "Layer 'out': NaN in iteration 80.")
                .seen(80, 80, 80)
                .confidence(0)
                .fact(Fact.of("loss", Double.NaN))
                .fact(Fact.of("largest weight", Double.POSITIVE_INFINITY, Double.MAX_VALUE))
                .fact(Fact.of("smallest weight", Double.NEGATIVE_INFINITY, -0.0))
                .fact(Fact.of("largest gradient", Double.parseDouble("2e23"), Double.parseDouble("8.41e21")))
                .fact(Fact.of("smallest gradient", Double.MIN_VALUE, Double.NaN))
                .remedy(Remedy.untried("lower-learning-rate", "lower the learning rate to 0.01", ""))
                .build()
                .withStatus(Finding.Status.BASELINE)
                .withFingerprint("77aa01");
    }

    /** A finding with nothing but what it must have. */
    public static Finding finding(String id, Severity severity, Finding.Status status) {
        return Finding.of(id, severity, "Something about " + id + ".")
                .remedy(Remedy.untried("lower-learning-rate", "lower the learning rate to 0.01", ""))
                .build()
                .withStatus(status)
                .withFingerprint("f-" + id);
    }

    /** A diagnosis of these findings in which every detector could decide. */
    public static Diagnosis of(Finding... findings) {
        return new Diagnosis(run("a-1"), List.of(findings), List.of(), Cost.UNKNOWN, Map.of());
    }
}
