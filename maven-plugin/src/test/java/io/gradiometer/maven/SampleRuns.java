package io.gradiometer.maven;

import io.gradiometer.finding.Cost;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.RunInfo;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Undecided;
import io.gradiometer.signal.ActivationStats;
import io.gradiometer.signal.DataStep;
import io.gradiometer.signal.LayerStep;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ModelView;
import io.gradiometer.signal.ParameterStep;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.Step;
import io.gradiometer.signal.TensorStats;
import io.gradiometer.signal.UpdaterView;
import io.gradiometer.trace.RecordedRun;
import io.gradiometer.trace.RunStore;
import io.gradiometer.trace.TraceFile;
import io.gradiometer.trace.TraceRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes run folders as a build's tests would, without training; the builds under {@code src/it} use it, too.
 *
 * <p>Runs are stamped an hour ahead, so that a build which starts after they were written takes them for its own, unless
 * {@link #startedAt} or {@link #yesterday} says otherwise.
 */
public final class SampleRuns {

    static final Finding EXPLODING = Finding.of(
                    "exploding-gradient", Severity.ERROR, "The gradient grew 4000 times from layer 'out' to 'dense_2'.")
            .layers(List.of("dense_2", "out"))
            .seen(12, 80, 14)
            .fact(Fact.of("gradient growth", 4000, 1000))
            .fact(Fact.of("loss", Double.NaN))
            .evidence("Each layer multiplies the signal.")
            .remedy(Remedy.untried("lower-learning-rate", "lower the learning rate: 0.1 -> 0.0032", ""))
            .remedy(Remedy.untried("he-initialization", "initialise with He's method", ""))
            .build();

    static final Finding VANISHING = Finding.of(
                    "vanishing-gradient", Severity.WARNING, "Layer 'dense_0' gets 1e-9 of the output's signal.")
            .layers(List.of("dense_0"))
            .seen(0, 0, 0)
            .fact(Fact.of("signal ratio", 1e-9, 1e-4))
            .remedy(Remedy.untried("other-activation", "replace sigmoid by ReLU", ""))
            .build();

    private final Path output;
    private final String session;
    private Instant started = Instant.now().plus(Duration.ofHours(1));
    private int attempt = 1;

    private SampleRuns(Path output, String session) {
        this.output = output;
        this.session = session;
    }

    /** Starts a session in a folder. */
    public static SampleRuns in(Path output) {
        return new SampleRuns(output, "20261121-120000-1");
    }

    /** Starts another session beside this one. */
    SampleRuns session(String name) {
        return new SampleRuns(output, name);
    }

    SampleRuns startedAt(Instant instant) {
        started = instant;
        return this;
    }

    /** Stamps what follows as an earlier build's. */
    public SampleRuns yesterday() {
        return startedAt(Instant.now().minus(Duration.ofDays(1)));
    }

    /** Has what follows come from tests that are run for the {@code number}th time. */
    public SampleRuns attempt(int number) {
        attempt = number;
        return this;
    }

    /** Adds a run with an exploding gradient, an error. */
    public SampleRuns exploding(String title) throws IOException {
        write(diagnosis(title, EXPLODING));
        return this;
    }

    /** Adds a run with a vanishing gradient, a warning. */
    public SampleRuns vanishing(String title) throws IOException {
        write(diagnosis(title, VANISHING));
        return this;
    }

    /** Adds a run without findings. */
    public SampleRuns healthy(String title) throws IOException {
        write(diagnosis(title));
        return this;
    }

    /** Adds a run that was too short to judge. */
    public SampleRuns inconclusive(String title) throws IOException {
        Diagnosis healthy = diagnosis(title);
        write(new Diagnosis(
                healthy.run(),
                List.of(),
                List.of(new Undecided("vanishing-gradient", "40 more iterations")),
                healthy.cost(),
                healthy.configuration()));
        return this;
    }

    /** Adds a run without findings whose trace was cut off in its last record. */
    public SampleRuns withTraceCutOff(String title) throws IOException {
        cut(write(diagnosis(title)).resolve(TraceFile.NAME));
        return this;
    }

    /** Adds a run whose diagnosis was cut off. */
    public SampleRuns withDiagnosisCutOff(String title) throws IOException {
        cut(write(diagnosis(title)).resolve(RecordedRun.DIAGNOSIS));
        return this;
    }

    /** Adds a run that another tool, or a broken disk, wrote. */
    SampleRuns with(Diagnosis diagnosis) throws IOException {
        write(diagnosis);
        return this;
    }

    Diagnosis diagnosis(String title, Finding... findings) {
        RunInfo run = new RunInfo(
                title + "-1",
                title,
                new RunInfo.TestRef(title, "trains", "trains()", "[engine:junit-jupiter]/" + title, attempt),
                null,
                "",
                session,
                "MultiLayerNetwork",
                MODEL.layerNames(),
                MODEL.parameters(),
                MODEL.dtype(),
                MODEL.backend(),
                MODEL.seed(),
                STEPS.size(),
                1,
                started,
                true,
                "0.1.0");
        return new Diagnosis(run, Arrays.asList(findings), List.of(), new Cost(0.01, 2), Map.of());
    }

    private Path write(Diagnosis diagnosis) throws IOException {
        Path folder = new RunStore(output, session).newFolder(diagnosis.run().title());
        TraceRecorder recorder = new TraceRecorder(MODEL);
        STEPS.forEach(recorder::keep);
        RunStore.write(folder, diagnosis, recorder);
        // Of a diagnosis that cannot be read, the folder tells when it was written.
        Files.setLastModifiedTime(folder, FileTime.from(started));
        return folder;
    }

    private static void cut(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 10));
    }

    private static final ModelView MODEL = new ModelView(
            "MultiLayerNetwork",
            List.of(layer("dense_0", null), layer("dense_2", null), layer("out", "MSE")),
            12,
            "FLOAT",
            "CPU",
            42);

    private static final List<Step> STEPS =
            IntStream.range(0, 5).mapToObj(SampleRuns::step).toList();

    private static LayerView layer(String name, @Nullable String loss) {
        return new LayerView(
                name,
                loss == null ? "DenseLayer" : "OutputLayer",
                "relu",
                "XAVIER",
                UpdaterView.plain("Sgd", 0.1),
                false,
                loss,
                2,
                2,
                List.of(new ParameterView("W", Role.WEIGHT, 4)));
    }

    private static Step step(int iteration) {
        TensorStats weights = new TensorStats(4, 1.5, 1, 0.7, 0, 0);
        ParameterStep parameter =
                ParameterStep.unclipped(weights, weights.times(1.0 / (iteration + 1)), weights.times(0.01), 0.1);
        LayerStep layer = new LayerStep(1, ActivationStats.UNREAD, List.of(), List.of(parameter));
        double loss = 1.0 / (iteration + 1);
        return new Step(
                iteration,
                0,
                8,
                loss,
                loss,
                1,
                true,
                weights,
                DataStep.of(weights, weights),
                List.of(layer, layer, layer));
    }
}
