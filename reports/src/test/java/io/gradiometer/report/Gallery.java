package io.gradiometer.report;

import static io.gradiometer.report.RunBuilder.aRun;

import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.PreflightReport;
import io.gradiometer.finding.Proof;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import io.gradiometer.signal.Smell;
import io.gradiometer.trace.RecordedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A build with every kind of run, as a person would meet it. */
public final class Gallery {

    private Gallery() {}

    /** Writes the pages for looking at. */
    public static void main(String[] args) throws IOException {
        Path output = Path.of(args[0]);
        HtmlReport.write(output, runs(output), "fraud-model");
    }

    public static List<RecordedRun> runs(Path output) {
        Path jvm = output.resolve("20261121-120000-1/1-4711");
        return List.of(
                healthy().at(jvm.resolve("FraudModelTest.learns-1")),
                exploding().at(jvm.resolve("FraudModelTest.explodes-1")),
                vanishing().at(jvm.resolve("DeepSigmoidTest.trains-1")),
                aRun().title("RateTest.tooLarge()")
                        .finding(explosion().withStatus(Finding.Status.EXPECTED))
                        .at(jvm.resolve("RateTest.tooLarge-1")),
                aRun().title("ShortTest.oneStep()")
                        .steps(1)
                        .inconclusive("exploding-gradient", "20 more iterations")
                        .inconclusive("vanishing-gradient", "20 more iterations")
                        .at(jvm.resolve("ShortTest.oneStep-1")),
                aRun().title("BatchTest.small()")
                        .layers(12)
                        .silent((layer, step) -> layer / 12.0)
                        .clipping(0.05)
                        .rate(step -> 0.1 / (1 + step))
                        .finding(suspicion())
                        .at(jvm.resolve("BatchTest.small-1")),
                aRun().withoutDiagnosis()
                        .withoutTrace()
                        .problem("diagnosis.json does not exist: the run was broken off")
                        .problem("trace.bin is empty: the run ended before anything was written")
                        .at(jvm.resolve("KilledTest.trains-1")));
    }

    public static RunBuilder healthy() {
        return aRun().title("FraudModelTest.learns()")
                .layers(6)
                .steps(400)
                .spread()
                .validation(399, 0.93);
    }

    /** Twenty layers; the gradient of some grows until it is no number. */
    public static RunBuilder exploding() {
        return aRun().title("FraudModelTest.explodes()")
                .layers(20)
                .steps(500)
                .loss(step -> step > 420 ? Double.NaN : 0.7 * Math.exp(step / 40))
                .gradient((layer, step) -> step > 420 && layer > 10
                        ? Double.NaN
                        : 1e-3
                                * Math.exp(0.1 * layer + step / (layer > 11 ? 30 : 90))
                                * (1 + 0.4 * Math.sin(step * (1 + layer))))
                .finding(explosion())
                .finding(nonFinite())
                .finding(suspicion());
    }

    /** Ten sigmoid layers; the first ones hardly see the loss. */
    public static RunBuilder vanishing() {
        List<String> early = IntStream.range(0, 6).mapToObj(i -> "dense_" + i).toList();
        return aRun().title("DeepSigmoidTest.trains()")
                .layers(10)
                .steps(300)
                .loss(step -> 0.69 + 0.01 * Math.sin(step))
                .preflight(foretold())
                .gradient((layer, step) -> layer == 0 ? 0 : 1e-2 * Math.pow(0.15, 9 - layer) * (1.5 + Math.sin(step)))
                .finding(Finding.of(
                                "vanishing-gradient",
                                Severity.ERROR,
                                "The signal that comes back from the loss falls by 6.4 decades from 'output' to 'dense_1'"
                                        + " (limit 4), and the network learns nothing (skill 0.01).")
                        .layers(early)
                        .seen(0, 299, 20)
                        .fact(Fact.of("decades lost", 6.4, 4))
                        .fact(Fact.of("skill", 0.01, 0.05))
                        .evidence(
                                "Each sigmoid passes on at most a quarter of the signal; nine of them in a row leave 4e-6.")
                        .ruledOut("Initialisation: the weights have the spread that XAVIER gives.")
                        .remedy(Remedy.untried(
                                "change-activation",
                                "sigmoid → relu in layers 0 to 8, with RELU initialisation",
                                ".activation(Activation.RELU)\n.weightInit(WeightInit.RELU)"))
                        .build());
    }

    /** A forecast of ten layers that training then confirmed; of one nothing is known. */
    private static PreflightReport foretold() {
        List<PreflightReport.OfLayer> layers = IntStream.range(0, 10)
                .mapToObj(i -> new PreflightReport.OfLayer(
                        "dense_" + i,
                        new PreflightReport.Pair(i == 4 ? Double.NaN : 0.5, 0.5 + 0.01 * i),
                        new PreflightReport.Pair(i == 4 ? Double.NaN : 0.82 * (i - 9), 0.8 * (i - 9))))
                .toList();
        return new PreflightReport(
                1.02,
                0.71,
                -0.04,
                layers,
                List.of(new Smell(
                        "activation-too-deep",
                        "dense_0",
                        "the back-propagated signal is foretold to fall by 7.4 powers of ten (limit 4), whatever the"
                                + " size of the weights")));
    }

    static Finding explosion() {
        List<String> late = IntStream.range(12, 16).mapToObj(i -> "dense_" + i).toList();
        return Finding.of(
                        "exploding-gradient",
                        Severity.ERROR,
                        "The gradient of layer 'dense_14' grew 4.1 decades in 180 iterations (limit 2) while steps became"
                                + " 0.31 of the weights (limit 0.1).")
                .layers(late)
                .seen(212, 420, 240)
                .confidence(0.99)
                .because("learning-rate-too-high")
                .because("missing-clipping")
                .fact(Fact.of("growth in decades", 4.1, 2))
                .fact(Fact.of("update ratio", 0.31, 0.1))
                .fact(Fact.of("skill at the end", Double.NaN))
                .evidence("Gradient and loss grow together, by 2.6 % per iteration.")
                .evidence("The step is largest where the gradient is largest: nothing limits it.")
                .ruledOut("Unscaled input: the columns have mean 0.02 and spread 1.1.")
                .remedy(new Remedy(
                        "lower-learning-rate",
                        "learning rate 0.1 → 0.0032 (update ratio 0.31, aim 0.01)",
                        "new NeuralNetConfiguration.Builder()\n    .updater(new Sgd(0.0032))",
                        new Proof(Proof.Status.CURES, "held-out skill", -2.3, 0.81)))
                .remedy(
                        Remedy.untried(
                                "clip-l2-per-layer",
                                "clip the gradient of each layer at a length of 1 (now: none)",
                                ".gradientNormalization(GradientNormalization.ClipL2PerLayer)\n.gradientNormalizationThreshold(1.0)"))
                .build();
    }

    private static Finding nonFinite() {
        return Finding.of("non-finite", Severity.ERROR, "The loss is NaN from iteration 421 on.")
                .seen(421, 499, 421)
                .evidence("The first value that is not finite is in the gradient of 'dense_11', one iteration after its"
                        + " length passed 1e5.")
                .remedy(Remedy.untried("lower-learning-rate", "learning rate 0.1 → 0.0032", ""))
                .build();
    }

    /** Nothing that a page would expect: names without end, very many layers. */
    public static RunBuilder vast() {
        String[] names = IntStream.range(0, 150)
                .mapToObj(i -> i % 10 == 0 ? "block_" + i + "_".repeat(290) + i : "layer_" + i)
                .toArray(String[]::new);
        return aRun().title("A".repeat(300) + " is the name of this test")
                .layers(names)
                .steps(80)
                .spread()
                .silent((layer, step) -> layer % 7 / 7.0)
                .finding(Finding.of(
                                "dead-units",
                                Severity.WARNING,
                                "Units of '" + names[10] + "' gave zero for every example.")
                        .layers(List.of(names).subList(10, 110))
                        .remedy(Remedy.untried("lower-learning-rate", "learning rate 0.1 → 0.01", ""))
                        .build());
    }

    private static Finding suspicion() {
        return Finding.of(
                        "gradient-spike",
                        Severity.WARNING,
                        "Layer 'dense_3' has spikes of 12 times its usual gradient (limit 10) in 3 of 100 iterations.")
                .layers(List.of("dense_3"))
                .seen(30, 55, 31)
                .fact(Fact.of("spike over median", 12, 10))
                .remedy(Remedy.untried("larger-batch", "batch size 32 → 128", ""))
                .build();
    }
}
