package io.gradiometer.report;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Json;
import io.gradiometer.finding.RunInfo;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Undecided;
import io.gradiometer.report.html.Links;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * SARIF 2.1.0, for code scanning: a rule for each id, a result for each finding, also for those that do not count.
 *
 * <p>A finding lies where the training was started, if that file is found among the sources; otherwise it has only a logical place, its
 * test and its layers.
 */
final class SarifReport implements ReportWriter {

    static final String FILE = "gradiometer.sarif";

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    /** What the user's checkout is called in paths. */
    private static final String SOURCE_ROOT = "%SRCROOT%";

    /** As many results as GitHub keeps. */
    private static final int MOST_RESULTS = 5_000;

    private static final int MOST_NOTIFICATIONS = 200;
    private static final int MOST_LAYERS = 20;
    private static final int LONGEST = 1000;
    private static final int LONGEST_NAME = 300;

    @Override
    public void write(Report report, ReportOutput output) throws IOException {
        List<Occurrence> occurrences = Occurrence.worstFirst(report);
        List<Occurrence> shown = occurrences.stream().limit(MOST_RESULTS).toList();
        SarifRules rules = SarifRules.of(shown);
        Map<String, @Nullable Object> run = Tree.of(
                "tool",
                Tree.of("driver", driver(report, rules)),
                "automationDetails",
                Tree.of("id", "gradiometer/" + PlainText.line(report.title(), LONGEST_NAME) + "/"),
                "columnKind",
                "utf16CodeUnits",
                "originalUriBaseIds",
                Tree.of(SOURCE_ROOT, Tree.of("description", text("The root of the sources."))),
                "invocations",
                List.of(Tree.of(
                        "executionSuccessful",
                        true,
                        "toolExecutionNotifications",
                        notifications(report, occurrences.size() - shown.size()))),
                "results",
                shown.stream()
                        .map(occurrence -> result(occurrence, rules, report.sources()))
                        .toList());
        output.write(FILE, Json.write(Tree.of("$schema", SCHEMA, "version", "2.1.0", "runs", List.of(run))));
    }

    private static Map<String, @Nullable Object> driver(Report report, SarifRules rules) {
        Map<String, @Nullable Object> driver = new LinkedHashMap<>();
        driver.put("name", "Gradiometer");
        report.entries().stream()
                .map(entry -> entry.run().diagnosis())
                .filter(Objects::nonNull)
                .map(diagnosis -> diagnosis.run().tool())
                .filter(version -> !version.isBlank())
                .findFirst()
                .ifPresent(version -> driver.put("version", PlainText.line(version, LONGEST_NAME)));
        driver.put("rules", rules.members());
        return driver;
    }

    private static Map<String, @Nullable Object> result(Occurrence occurrence, SarifRules rules, Sources sources) {
        Finding finding = occurrence.finding();
        RunInfo run = occurrence.run();
        Map<String, @Nullable Object> result = Tree.of(
                "ruleId",
                finding.id(),
                "ruleIndex",
                rules.indexOf(finding.id()),
                "kind",
                "fail",
                "level",
                level(finding.severity()),
                "message",
                text(message(occurrence)),
                "locations",
                List.of(location(occurrence, sources)));
        if (!finding.fingerprint().isEmpty()) {
            result.put(
                    "partialFingerprints",
                    Tree.of("gradiometer/v1", PlainText.line(finding.fingerprint(), LONGEST_NAME)));
        }
        result.put("suppressions", suppressions(finding));
        result.put(
                "properties",
                Tree.of(
                        "test", PlainText.line(run.place(), LONGEST_NAME),
                        "kind", finding.kind().id(),
                        "status", finding.status().id(),
                        "confidence", finding.confidence(),
                        "iterations",
                                Tree.of(
                                        "first", finding.iterations().first(),
                                        "last", finding.iterations().last()),
                        "because",
                                finding.because().stream()
                                        .limit(MOST_LAYERS)
                                        .map(id -> PlainText.line(id, LONGEST_NAME))
                                        .toList()));
        return result;
    }

    /** An observation in a network that learns is a note; as a {@code kind} of its own, code scanning would not show it. */
    static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }

    private static String message(Occurrence occurrence) {
        Finding finding = occurrence.finding();
        String observed = FindingWords.observed(finding);
        return PlainText.line(finding.summary(), LONGEST)
                + "\nRun: " + PlainText.line(occurrence.run().title(), LONGEST_NAME)
                + (observed.isEmpty() ? "" : "\nObserved: " + PlainText.line(observed, LONGEST))
                + "\nTry: "
                + PlainText.line(FindingWords.remedy(finding.remedies().get(0)), LONGEST);
    }

    private static Map<String, @Nullable Object> location(Occurrence occurrence, Sources sources) {
        Map<String, @Nullable Object> location = new LinkedHashMap<>();
        RunInfo run = occurrence.run();
        sources.fileOf(run)
                .ifPresent(file -> location.put(
                        "physicalLocation",
                        Tree.of(
                                "artifactLocation",
                                Tree.of("uri", Links.href(file), "uriBaseId", SOURCE_ROOT),
                                "region",
                                Tree.of("startLine", line(run)))));
        location.put("logicalLocations", logical(occurrence));
        return location;
    }

    /** Code scanning takes no place without a line. */
    private static int line(RunInfo run) {
        RunInfo.SourceRef source = run.source();
        return source == null ? 1 : Math.max(1, source.line());
    }

    private static List<Object> logical(Occurrence occurrence) {
        RunInfo run = occurrence.run();
        RunInfo.TestRef test = run.test();
        String name =
                test == null ? run.title() : test.className() + (test.method().isEmpty() ? "" : "." + test.method());
        String place = PlainText.line(name, LONGEST_NAME);
        List<Object> logical = new ArrayList<>();
        logical.add(Tree.of("fullyQualifiedName", place, "kind", test == null ? "module" : "function"));
        occurrence.finding().layers().stream().distinct().limit(MOST_LAYERS).forEach(layer -> {
            String shown = PlainText.line(layer, LONGEST_NAME);
            logical.add(Tree.of("name", shown, "fullyQualifiedName", place + "/" + shown, "kind", "layer"));
        });
        return logical;
    }

    /** An empty list says that a finding counts. */
    private static List<Object> suppressions(Finding finding) {
        return switch (finding.status()) {
            case OPEN -> List.of();
            case EXPECTED -> List.of(suppression("inSource", "the test expects it"));
            case SUPPRESSED -> List.of(suppression("external", "switched off by the settings"));
            case BASELINE -> List.of(suppression("external", "known from before"));
        };
    }

    private static Map<String, @Nullable Object> suppression(String kind, String why) {
        return Tree.of("kind", kind, "status", "accepted", "justification", why);
    }

    private static List<Object> notifications(Report report, int left) {
        List<Object> notifications = new ArrayList<>();
        if (left > 0) {
            notifications.add(notification("warning", left + " more findings are not in this file"));
        }
        report.entries().stream()
                .flatMap(entry -> entry.run().problems().stream())
                .map(problem -> notification("warning", problem))
                .forEach(notifications::add);
        report.entries().stream()
                .map(entry -> entry.run().diagnosis())
                .filter(Objects::nonNull)
                .filter(diagnosis -> !diagnosis.isConclusive())
                .map(diagnosis -> notification(
                        "note", diagnosis.run().title() + " could not be judged, for it lacks " + missing(diagnosis)))
                .forEach(notifications::add);
        return notifications.stream().limit(MOST_NOTIFICATIONS).toList();
    }

    private static String missing(Diagnosis diagnosis) {
        return diagnosis.inconclusive().stream()
                .map(Undecided::missing)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static Map<String, @Nullable Object> notification(String level, String message) {
        return Tree.of("level", level, "message", text(PlainText.line(message, LONGEST)));
    }

    /** In the plain texts of SARIF as well, {@code [a](b)} is a link. */
    static Map<String, @Nullable Object> text(String words) {
        return Tree.of("text", words.replace("](", "] ("));
    }
}
