package io.gradiometer.finding;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The published file format of a diagnosis; its JSON Schema lies beside this class as {@code diagnosis-1.schema.json}. */
@API(status = API.Status.EXPERIMENTAL)
public final class DiagnosisJson {

    private DiagnosisJson() {}

    /** Writes the diagnosis; equal diagnoses give equal text on every machine and in every locale. */
    public static String write(Diagnosis diagnosis) {
        return Json.write(members(diagnosis));
    }

    /** Returns the diagnosis as {@link #write} has it, for documents that hold several. */
    public static Map<String, @Nullable Object> members(Diagnosis diagnosis) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("schema", Diagnosis.SCHEMA);
        json.put("run", run(diagnosis.run()));
        json.put("health", diagnosis.health().id());
        json.put(
                "findings",
                diagnosis.findings().stream().map(DiagnosisJson::finding).toList());
        json.put(
                "inconclusive",
                diagnosis.inconclusive().stream()
                        .map(u -> ordered("id", u.id(), "missing", u.missing()))
                        .toList());
        if (diagnosis.preflight().isKnown()) {
            json.put("preflight", PreflightJson.write(diagnosis.preflight()));
        }
        json.put(
                "cost",
                ordered(
                        "fraction", diagnosis.cost().fraction(),
                        "millisPerIteration", diagnosis.cost().millisPerIteration(),
                        "millisOnce", diagnosis.cost().millisOnce()));
        json.put("configuration", diagnosis.configuration());
        return json;
    }

    private static Map<String, @Nullable Object> run(RunInfo run) {
        Map<String, @Nullable Object> json = ordered("id", run.id(), "title", run.title());
        RunInfo.TestRef test = run.test();
        if (test != null) {
            Map<String, @Nullable Object> reference = ordered(
                    "class", test.className(),
                    "method", test.method(),
                    "displayName", test.displayName(),
                    "uniqueId", test.uniqueId());
            if (test.attempt() > 1) {
                reference.put("attempt", test.attempt());
            }
            json.put("test", reference);
        }
        RunInfo.SourceRef source = run.source();
        if (source != null) {
            json.put("source", ordered("file", source.file(), "line", source.line()));
        }
        json.putAll(ordered(
                "module", run.module(),
                "session", run.session(),
                "model", run.model(),
                "layers", run.layers(),
                "parameters", run.parameters(),
                "dtype", run.dtype(),
                "backend", run.backend(),
                "seed", run.seed(),
                "iterations", run.iterations(),
                "epochs", run.epochs(),
                "started", run.started().toString(),
                "completed", run.completed(),
                "tool", run.tool()));
        return json;
    }

    private static Map<String, @Nullable Object> finding(Finding f) {
        return ordered(
                "id", f.id(),
                "kind", f.kind().id(),
                "severity", f.severity().id(),
                "status", f.status().id(),
                "fingerprint", f.fingerprint(),
                "layers", f.layers(),
                "iterations",
                        ordered(
                                "first", f.iterations().first(),
                                "last", f.iterations().last()),
                "detectedAt", f.detectedAt(),
                "confidence", f.confidence(),
                "summary", f.summary(),
                "because", f.because(),
                "facts", f.facts().stream().map(DiagnosisJson::fact).toList(),
                "evidence", f.evidence(),
                "ruledOut", f.ruledOut(),
                "remedies", f.remedies().stream().map(DiagnosisJson::remedy).toList());
    }

    private static Map<String, @Nullable Object> fact(Fact fact) {
        Map<String, @Nullable Object> json = ordered("key", fact.key(), "value", fact.value());
        if (fact.limit() != null) {
            json.put("limit", fact.limit());
        }
        return json;
    }

    private static Map<String, @Nullable Object> remedy(Remedy remedy) {
        Map<String, @Nullable Object> proof =
                ordered("status", remedy.proof().status().id());
        if (remedy.proof().status() != Proof.Status.NOT_TRIED) {
            proof.putAll(ordered(
                    "metric", remedy.proof().metric(),
                    "before", remedy.proof().before(),
                    "after", remedy.proof().after()));
        }
        if (!Double.isNaN(remedy.proof().leastGain())) {
            proof.put(
                    "gain",
                    ordered(
                            "least", remedy.proof().leastGain(),
                            "most", remedy.proof().mostGain()));
        }
        if (!remedy.proof().note().isEmpty()) {
            proof.put("note", remedy.proof().note());
        }
        Map<String, @Nullable Object> json =
                ordered("id", remedy.id(), "summary", remedy.summary(), "code", remedy.code());
        Change change = remedy.change();
        if (!change.isNone()) {
            json.put("change", ordered("layers", change.layers(), "settings", change.settings()));
        }
        json.put("proof", proof);
        return json;
    }

    static Map<String, @Nullable Object> ordered(@Nullable Object... keysAndValues) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            members.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return members;
    }

    /**
     * Reads a diagnosis, ignoring members it does not know.
     *
     * @throws IOException with one readable sentence if the text is not a diagnosis of version 1
     */
    public static Diagnosis read(String text) throws IOException {
        JsonObject json = parse(text);
        String schema = json.text("schema");
        if (!schema.equals(Diagnosis.SCHEMA)) {
            throw new IOException(
                    "is no diagnosis: its schema is '" + OneLine.of(schema) + "', not '" + Diagnosis.SCHEMA + "'");
        }
        Map<String, String> configuration = new LinkedHashMap<>();
        json.object("configuration").members().forEach((key, value) -> configuration.put(key, value.toString()));
        try {
            return new Diagnosis(
                    readRun(json.object("run")),
                    json.objects("findings").stream()
                            .map(DiagnosisJson::readFinding)
                            .toList(),
                    json.objects("inconclusive").stream()
                            .map(u -> new Undecided(u.text("id"), u.text("missing")))
                            .toList(),
                    PreflightJson.read(json.object("preflight")),
                    new Cost(
                            json.object("cost").number("fraction"),
                            json.object("cost").number("millisPerIteration"),
                            json.object("cost").number("millisOnce")),
                    configuration);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new IOException("is a damaged diagnosis: " + OneLine.of(String.valueOf(e.getMessage())), e);
        }
    }

    private static JsonObject parse(String text) throws IOException {
        if (text.isBlank()) {
            throw new IOException("is empty");
        }
        try {
            return new JsonObject(Json.readObject(text));
        } catch (IOException e) {
            throw new IOException("is no whole JSON document: " + firstLine(e), e);
        }
    }

    private static String firstLine(Exception e) {
        return OneLine.of(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }

    private static RunInfo readRun(JsonObject run) {
        JsonObject test = run.objectOrNull("test");
        JsonObject source = run.objectOrNull("source");
        return new RunInfo(
                run.text("id"),
                run.text("title"),
                test == null
                        ? null
                        : new RunInfo.TestRef(
                                test.text("class"),
                                test.text("method"),
                                test.text("displayName"),
                                test.text("uniqueId"),
                                (int) Math.max(1, test.integer("attempt"))),
                source == null ? null : new RunInfo.SourceRef(source.text("file"), (int) source.integer("line")),
                run.text("module"),
                run.text("session"),
                run.text("model"),
                run.texts("layers"),
                run.integer("parameters"),
                run.text("dtype"),
                run.text("backend"),
                run.integer("seed"),
                (int) run.integer("iterations"),
                (int) run.integer("epochs"),
                Instant.parse(run.text("started")),
                run.flag("completed"),
                run.text("tool"));
    }

    private static Finding readFinding(JsonObject f) {
        JsonObject iterations = f.object("iterations");
        List<Remedy> remedies =
                f.objects("remedies").stream().map(DiagnosisJson::readRemedy).toList();
        return new Finding(
                f.text("id"),
                Ids.parse(Finding.Kind.class, f.text("kind")),
                Ids.parse(Severity.class, f.text("severity")),
                Ids.parse(Finding.Status.class, f.text("status")),
                f.text("fingerprint"),
                f.texts("layers"),
                new Iterations((int) iterations.integer("first"), (int) iterations.integer("last")),
                (int) f.integer("detectedAt"),
                f.number("confidence"),
                f.text("summary"),
                f.texts("because"),
                f.objects("facts").stream()
                        .map(fact -> new Fact(fact.text("key"), fact.number("value"), fact.numberOrNull("limit")))
                        .toList(),
                f.texts("evidence"),
                f.texts("ruledOut"),
                remedies);
    }

    private static Remedy readRemedy(JsonObject remedy) {
        JsonObject proof = remedy.object("proof");
        JsonObject gain = proof.object("gain");
        JsonObject change = remedy.object("change");
        Map<String, String> settings = new LinkedHashMap<>();
        change.object("settings").members().forEach((key, value) -> settings.put(key, value.toString()));
        return new Remedy(
                remedy.text("id"),
                remedy.text("summary"),
                remedy.text("code"),
                new Change(change.texts("layers"), settings),
                new Proof(
                        Ids.parse(Proof.Status.class, proof.text("status")),
                        proof.text("metric"),
                        proof.number("before"),
                        proof.number("after"),
                        gain.number("least"),
                        gain.number("most"),
                        proof.text("note")));
    }
}
