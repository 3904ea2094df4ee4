package io.gradiometer.report;

import io.gradiometer.finding.Cost;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Proof;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.RunInfo;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Undecided;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.Prospect;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.UpdaterView;
import io.gradiometer.signal.Validation;
import io.gradiometer.trace.Bucket;
import io.gradiometer.trace.RecordedRun;
import io.gradiometer.trace.Series;
import io.gradiometer.trace.Trace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reports with everything in them that a format has to cope with. */
final class FormatSamples {

    /** Markup of every kind, a call to a team, an address, a turned direction, half a character, a control character, a formula. */
    static final String HOSTILE =
            "=<b>\"&'`|]]>\\_*[x](http://evil.example) @team #1 \u202egnp.exe \ud83d \u0000\u0007\r\n::error::x%0A\ufffe ---";

    private static final Path FOLDER = Path.of("build", "20261121-120000-1", "1-4711");
    private static final List<String> LAYERS = List.of("dense_0", "dense_1", "output");

    private FormatSamples() {}

    /** One run of every kind; the file of one of them is known. */
    static Report everyKind() {
        return Report.of("fraud-model", Path.of("build"), runs())
                .with(run -> run.source() == null
                        ? Optional.empty()
                        : Optional.of("model tests/src/test/java/com/acme/"
                                + run.source().file()));
    }

    private static List<RecordedRun> runs() {
        return List.of(
                recorded("FraudModelTest.learns-1", diagnosis("com.acme.FraudModelTest", "learns"), trace()),
                recorded(
                        "FraudModelTest.explodes-1",
                        diagnosis("com.acme.FraudModelTest", "explodes", exploding(), nonFinite(), suspicion()),
                        trace()),
                recorded("DeepTest.trains-1", diagnosis("com.acme.DeepTest", "trains", vanishing()), null),
                recorded(
                        "RateTest.known-1",
                        diagnosis(
                                "com.acme.RateTest",
                                "known",
                                exploding().withStatus(Finding.Status.EXPECTED),
                                vanishing().withStatus(Finding.Status.BASELINE),
                                nonFinite().withStatus(Finding.Status.SUPPRESSED)),
                        null),
                recorded("ShortTest.oneStep-1", inconclusive(), null),
                recorded("main-1", outsideOfTests(), null),
                new RecordedRun(
                        FOLDER.resolve("KilledTest.trains-1"),
                        null,
                        null,
                        List.of("diagnosis.json does not exist: the run was broken off")),
                recorded("hostile-1", hostile(HOSTILE), trace("=1+2", HOSTILE)));
    }

    static RecordedRun recorded(String folder, Diagnosis diagnosis, @Nullable Trace trace) {
        return new RecordedRun(FOLDER.resolve(folder), diagnosis, trace, List.of());
    }

    static Diagnosis diagnosis(String test, String method, Finding... findings) {
        return diagnosis(
                run(
                        test.substring(test.lastIndexOf('.') + 1),
                        new RunInfo.TestRef(test, method, method + "()", "[id]")),
                List.of(),
                findings);
    }

    private static Diagnosis diagnosis(RunInfo run, List<Undecided> inconclusive, Finding... findings) {
        return new Diagnosis(
                        run,
                        Arrays.asList(findings),
                        inconclusive,
                        new Cost(0.0123, 2.5, 31),
                        Map.of("gradiometer.failOn", "error"))
                .withRun(run);
    }

    private static RunInfo run(String file, RunInfo.@Nullable TestRef test) {
        return new RunInfo(
                file + "-1",
                test == null ? file : file + "." + test.method() + "()",
                test,
                test == null ? null : new RunInfo.SourceRef(file + ".java", 42),
                "fraud-model",
                "20261121-120000-1",
                "MultiLayerNetwork",
                LAYERS,
                8070,
                "FLOAT",
                "CPU",
                42,
                500,
                10,
                Instant.parse("2026-11-21T12:00:00Z"),
                true,
                "0.1.0");
    }

    private static Diagnosis inconclusive() {
        RunInfo run = run("ShortTest", new RunInfo.TestRef("com.acme.ShortTest", "oneStep", "[1] rate 0.1", "[id]"));
        return diagnosis(
                run,
                List.of(
                        new Undecided("vanishing-gradient", "20 more iterations"),
                        new Undecided("exploding-gradient", "20 more iterations")));
    }

    private static Diagnosis outsideOfTests() {
        return diagnosis(run("MultiLayerNetwork in main", null), List.of());
    }

    /** A run and a finding in which every text from outside is this one. */
    static Diagnosis hostile(String text) {
        RunInfo plain = run("x", new RunInfo.TestRef(text, text, text, text));
        RunInfo run = new RunInfo(
                plain.id(),
                text,
                plain.test(),
                new RunInfo.SourceRef(text, -7),
                text,
                text,
                text,
                List.of(text),
                1,
                text,
                text,
                1,
                1,
                1,
                plain.started(),
                true,
                text);
        Finding finding = Finding.of("own-detector", Severity.ERROR, text)
                .layers(List.of(text, text))
                .fact(Fact.of(text, Double.NEGATIVE_INFINITY, Double.NaN))
                .because(text)
                .evidence(text)
                .ruledOut(text)
                .remedy(new Remedy("fix-it", text, text, new Proof(Proof.Status.HELPS, text, 0, 1)))
                .build();
        return diagnosis(run, List.of(), finding);
    }

    private static Finding exploding() {
        return Finding.of(
                        "exploding-gradient",
                        Severity.ERROR,
                        "The gradient of layer 'dense_1' grew 4.1 decades in 180 iterations (limit 2).")
                .layers(List.of("dense_0", "dense_1"))
                .seen(212, 420, 240)
                .confidence(0.99)
                .because("learning-rate-too-high")
                .because("missing-clipping")
                .fact(Fact.of("growth in decades", 4.1, 2))
                .fact(Fact.of("skill at the end", Double.NaN))
                .evidence("Gradient and loss grow together, by 2.6 % per iteration.")
                .ruledOut("Unscaled input: the columns have mean 0.02 and spread 1.1.")
                .remedy(new Remedy(
                        "lower-learning-rate",
                        "learning rate 0.1 → 0.0032 (update ratio 0.31, aim 0.01)",
                        "new NeuralNetConfiguration.Builder()\n    .updater(new Sgd(0.0032))",
                        new Proof(Proof.Status.CURES, "held-out skill", -2.3, 0.81)))
                .remedy(Remedy.untried("clip-l2-per-layer", "clip each layer at a length of 1", ""))
                .build();
    }

    private static Finding nonFinite() {
        return Finding.of("non-finite", Severity.ERROR, "The loss is NaN from iteration 421 on.")
                .seen(421, 421, 421)
                .because("learning-rate-too-high")
                .remedy(Remedy.untried("lower-learning-rate", "learning rate 0.1 → 0.0032", ""))
                .build();
    }

    private static Finding suspicion() {
        return Finding.of("batch-too-small", Severity.INFO, "Batches of 2 examples make gradients that point anywhere.")
                .seen(0, 499, 20)
                .remedy(Remedy.untried("larger-batch", "batches of 2 → 32 examples", ""))
                .build();
    }

    private static Finding vanishing() {
        return Finding.of("vanishing-gradient", Severity.WARNING, "Layer 'dense_0' gets 1e-9 of the output's signal.")
                .layers(List.of("dense_0"))
                .seen(0, 499, 20)
                .fact(Fact.of("signal ratio", 1e-9, 1e-4))
                .remedy(Remedy.untried("change-activation", "sigmoid → relu", ".activation(Activation.RELU)"))
                .build();
    }

    private static Trace trace() {
        return trace("dense_0", "output");
    }

    static Trace trace(String... layers) {
        List<LayerView> views = Arrays.stream(layers).map(FormatSamples::layer).toList();
        List<Bucket> buckets = List.of(
                new Bucket(0, 249, 250, 250, 1e-12, 31400, 0.1, 0.05, 1d / 3, 2),
                new Bucket(250, 499, 250, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN));
        return new Trace(
                new ModelView("MultiLayerNetwork", views, 8070, "FLOAT", "CPU", 42),
                Prospect.UNKNOWN,
                List.of(),
                List.of(new Validation(499, 0.93), new Validation(500, Double.NaN)),
                List.of(),
                List.of(
                        new Series(Series.Quantity.LOSS, Series.RUN, buckets),
                        new Series(Series.Quantity.UPDATE_RATIO, 1, buckets)),
                500,
                true);
    }

    private static LayerView layer(String name) {
        return new LayerView(
                name,
                "DenseLayer",
                "relu",
                "XAVIER",
                UpdaterView.plain("Sgd", 0.1),
                false,
                null,
                2,
                2,
                List.of(new ParameterView("W", Role.WEIGHT, 4)));
    }

    /** A build of so many runs, each with so many errors, with names as long as these. */
    static Report many(int runs, int findings, String name) {
        Finding[] all = IntStream.range(0, findings)
                .mapToObj(i -> Finding.of("own-detector-" + i % 50, Severity.ERROR, name)
                        .layers(List.of(name))
                        .fact(Fact.of(name, i))
                        .because("cause-" + i)
                        .remedy(Remedy.untried("fix-it", name, name))
                        .build())
                .toArray(Finding[]::new);
        return Report.of(
                name,
                Path.of("build"),
                IntStream.range(0, runs)
                        .mapToObj(i -> recorded("run-" + i, diagnosis("com.acme.Test" + i, name, all), null))
                        .toList());
    }
}
