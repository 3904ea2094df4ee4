package io.gradiometer.report;

import io.gradiometer.finding.Cost;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.PreflightReport;
import io.gradiometer.finding.RunInfo;
import io.gradiometer.finding.Undecided;
import io.gradiometer.signal.ActivationStats;
import io.gradiometer.signal.DataStep;
import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.LogHistogram;
import io.gradiometer.signal.Magnitudes;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.ParameterStep;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.Prospect;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import io.gradiometer.signal.UpdaterView;
import io.gradiometer.signal.Validation;
import io.gradiometer.trace.RecordedRun;
import io.gradiometer.trace.Trace;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** Builds runs of a network of dense layers, with any course of loss and gradients. */
public final class RunBuilder {

    private static final int WEIGHTS = 256;
    private static final int BIASES = 16;
    private static final LayerStep UNREAD = new LayerStep(
            Double.NaN, ActivationStats.UNREAD, List.of(), List.of(ParameterStep.UNREAD, ParameterStep.UNREAD));

    private String title = "FraudModelTest.trains()";
    private List<String> layers = List.of("dense_0", "dense_1", "output");
    private int steps = 60;
    private DoubleUnaryOperator loss = step -> 0.1 + 0.6 * Math.exp(-step / 20);
    private DoubleBinaryOperator gradient = (layer, step) -> 0.01 * (1 + 0.3 * Math.sin(step + layer));
    private DoubleBinaryOperator silent = (layer, step) -> Double.NaN;
    private DoubleUnaryOperator rate = step -> 0.1;
    private double clipping = Double.NaN;
    private int stride = 1;
    private int fullEvery = 1;
    private boolean spread;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Undecided> inconclusive = new ArrayList<>();
    private final List<Validation> validations = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private PreflightReport preflight = PreflightReport.NONE;
    private boolean traced = true;
    private boolean diagnosed = true;
    private boolean whole = true;

    public static RunBuilder aRun() {
        return new RunBuilder();
    }

    public RunBuilder title(String text) {
        title = text;
        return this;
    }

    public RunBuilder layers(String... names) {
        layers = List.of(names);
        return this;
    }

    public RunBuilder layers(int count) {
        layers = IntStream.range(0, count).mapToObj(i -> "dense_" + i).toList();
        return this;
    }

    public RunBuilder steps(int count) {
        steps = count;
        return this;
    }

    /** Sets the loss by step. */
    public RunBuilder loss(DoubleUnaryOperator byStep) {
        loss = byStep;
        return this;
    }

    /** Sets the root mean square of the gradient by layer and step; NaN makes every element NaN. */
    public RunBuilder gradient(DoubleBinaryOperator byLayerAndStep) {
        gradient = byLayerAndStep;
        return this;
    }

    /** Sets the share of units that are never active, by layer and step; unread if nothing is said. */
    public RunBuilder silent(DoubleBinaryOperator byLayerAndStep) {
        silent = byLayerAndStep;
        return this;
    }

    /** Sets the learning rate by step. */
    public RunBuilder rate(DoubleUnaryOperator byStep) {
        rate = byStep;
        return this;
    }

    /** Clips each layer's gradient to this length. */
    public RunBuilder clipping(double length) {
        clipping = length;
        return this;
    }

    /** Makes a step stand for so many iterations, and reads only some steps in full, as in a long run. */
    public RunBuilder thinned(int iterationsPerStep, int everyHowManyInFull) {
        stride = iterationsPerStep;
        fullEvery = everyHowManyInFull;
        return this;
    }

    /** Reads now and then how magnitudes are spread. */
    public RunBuilder spread() {
        spread = true;
        return this;
    }

    public RunBuilder finding(Finding finding) {
        findings.add(finding);
        return this;
    }

    public RunBuilder inconclusive(String id, String missing) {
        inconclusive.add(new Undecided(id, missing));
        return this;
    }

    public RunBuilder validation(int iteration, double score) {
        validations.add(new Validation(iteration, score));
        return this;
    }

    public RunBuilder problem(String sentence) {
        problems.add(sentence);
        return this;
    }

    /** Says what was told before training; nothing was if nothing is said. */
    public RunBuilder preflight(PreflightReport report) {
        preflight = report;
        return this;
    }

    public RunBuilder withoutTrace() {
        traced = false;
        return this;
    }

    public RunBuilder withoutDiagnosis() {
        diagnosed = false;
        return this;
    }

    public RunBuilder cutOff() {
        whole = false;
        return problem("trace.bin is cut off: read up to its last whole record");
    }

    public RecordedRun at(Path folder) {
        return new RecordedRun(folder, diagnosed ? diagnosis(folder) : null, traced ? trace() : null, problems);
    }

    private Diagnosis diagnosis(Path folder) {
        RunInfo run = new RunInfo(
                String.valueOf(folder.getFileName()),
                title,
                new RunInfo.TestRef("com.acme.FraudModelTest", "trains", "trains()", "[test:trains]"),
                new RunInfo.SourceRef("FraudModelTest.java", 42),
                "fraud-model",
                "20261121-120000-1",
                "MultiLayerNetwork",
                layers,
                layers.size() * (long) (WEIGHTS + BIASES),
                "FLOAT",
                "CPU",
                42,
                steps,
                1,
                Instant.parse("2026-11-21T12:00:00Z"),
                whole,
                "0.1.0");
        return new Diagnosis(
                run,
                findings,
                inconclusive,
                preflight,
                new Cost(0.0123, 2.5, 31),
                Map.of("gradiometer.failOn", "error"));
    }

    private Trace trace() {
        List<Step> all = IntStream.range(0, steps).mapToObj(this::step).toList();
        return new Trace(
                model(),
                Prospect.UNKNOWN,
                all,
                validations,
                spread ? magnitudes() : List.of(),
                List.of(),
                (long) steps * stride,
                whole);
    }

    private List<Magnitudes> magnitudes() {
        List<Magnitudes> readings = new ArrayList<>();
        for (int reading = 0; reading < 12; reading++) {
            for (int layer = 0; layer < layers.size(); layer++) {
                readings.add(new Magnitudes(
                        reading * steps * stride / 12,
                        layer,
                        0,
                        new LogHistogram(-6, List.of(10L, 40L, 100L, 80L, 26L)),
                        new LogHistogram(-14 - reading, List.of(10L, 40L, 100L, 80L, 26L)),
                        reading == 11 ? LogHistogram.NONE : new LogHistogram(-18, List.of(56L, 200L))));
            }
        }
        return readings;
    }

    private ModelView model() {
        List<LayerView> views = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            views.add(layer(layers.get(i), i == layers.size() - 1));
        }
        return new ModelView("MultiLayerNetwork", views, layers.size() * 272L, "FLOAT", "CPU", 42);
    }

    private LayerView layer(String name, boolean output) {
        return new LayerView(
                name,
                output ? "OutputLayer" : "DenseLayer",
                output ? "softmax" : "sigmoid",
                "XAVIER",
                Double.isNaN(clipping)
                        ? UpdaterView.plain("Sgd", 0.1)
                        : new UpdaterView("Sgd", 0.1, false, Double.NaN, "ClipL2PerLayer", clipping),
                false,
                output ? "MCXENT" : null,
                16,
                16,
                List.of(new ParameterView("W", Role.WEIGHT, WEIGHTS), new ParameterView("b", Role.BIAS, BIASES)));
    }

    private Step step(int index) {
        boolean full = index % fullEvery == 0;
        List<LayerStep> measured = IntStream.range(0, layers.size())
                .mapToObj(layer -> full ? layerStep(layer, index) : UNREAD)
                .toList();
        double value = loss.applyAsDouble(index);
        return new Step(
                index * stride,
                0,
                32,
                value + 0.01,
                value,
                0.69,
                full,
                TensorStats.EMPTY,
                DataStep.of(tensor(512, 1), tensor(64, 0.5)),
                measured);
    }

    private LayerStep layerStep(int layer, int step) {
        double rms = gradient.applyAsDouble(layer, step);
        return new LayerStep(
                rms * 4,
                activations(silent.applyAsDouble(layer, step)),
                List.of(),
                List.of(parameter(WEIGHTS, 0.25, rms, step), parameter(BIASES, 0.01, rms, step)));
    }

    private static ActivationStats activations(double share) {
        return Double.isNaN(share)
                ? ActivationStats.UNREAD
                : new ActivationStats(32, 0.5, 0.7, 0.4, share / 2, 16, (int) (16 * share), 32, 0);
    }

    private ParameterStep parameter(long length, double value, double rms, int step) {
        TensorStats gradientNow = tensor(length, rms);
        double left = gradientNow.l2() > clipping ? clipping / gradientNow.l2() : 1;
        return new ParameterStep(
                tensor(length, value),
                gradientNow,
                gradientNow.times(left),
                tensor(length, rms * 0.1),
                rate.applyAsDouble(step));
    }

    private static TensorStats tensor(long length, double rms) {
        if (Double.isNaN(rms)) {
            return new TensorStats(length, 0, 0, 0, 0, length);
        }
        return new TensorStats(
                length, 0.8 * rms * length, rms * Math.sqrt((double) length), 3 * rms, rms == 0 ? length : 0, 0);
    }
}
