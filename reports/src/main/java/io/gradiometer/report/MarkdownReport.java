package io.gradiometer.report;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Disease;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a reviewer wants to know, for a comment in a pull request or the summary of a step.
 *
 * <p>A comment holds 65 536 characters: the worst runs are told, and how many there are besides.
 */
final class MarkdownReport implements ReportWriter {

    static final String FILE = "gradiometer.md";

    private static final int MOST_IN_TABLE = 16_000;
    private static final int MOST_BYTES = 58_000;
    private static final int LONGEST_NAME = 160;
    private static final int LONGEST_LINE = 600;
    private static final int LONGEST_SNIPPET = 2_000;
    private static final int MOST_OTHERS = 8;
    private static final int MOST_IDS = 12;

    @Override
    public void write(Report report, ReportOutput output) throws IOException {
        List<Report.Entry> entries = report.entries().stream()
                .sorted(Comparator.comparing(entry -> Standing.of(entry.run())))
                .toList();
        String head = "# " + Markdown.prose(report.title(), LONGEST_NAME) + "\n\n" + Standing.counts(entries) + ".\n";
        BoundedText table = new BoundedText(MOST_IN_TABLE);
        entries.forEach(entry -> table.add(row(entry)));
        BoundedText text = new BoundedText(MOST_BYTES);
        text.add(head);
        if (!entries.isEmpty()) {
            text.add("\n| | run | findings |\n|---|---|---|\n" + table);
        }
        if (table.left() > 0) {
            text.add("\nand " + table.left() + " more runs, none of them worse.\n");
        }
        List<String> stories = stories(entries);
        stories.forEach(text::add);
        output.write(
                FILE,
                text.left() == 0
                        ? text.toString()
                        : text + "\nand " + text.left() + " more diseases, not told here.\n");
    }

    private static String row(Report.Entry entry) {
        Standing standing = Standing.of(entry.run());
        Diagnosis diagnosis = entry.run().diagnosis();
        String name = diagnosis == null
                ? String.valueOf(entry.run().folder().getFileName())
                : diagnosis.run().title();
        String found = diagnosis == null
                ? Markdown.prose(String.join("; ", entry.run().problems()), LONGEST_NAME)
                : ids(diagnosis);
        return "| " + standing.sign() + " " + standing.word() + " | " + Markdown.code(name, LONGEST_NAME) + " | "
                + found + " |\n";
    }

    private static String ids(Diagnosis diagnosis) {
        List<String> ids = diagnosis.open().stream().map(Finding::id).distinct().toList();
        int more = ids.size() - MOST_IDS;
        return ids.stream().limit(MOST_IDS).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /** Returns a section for each disease, the worst runs first; notes have said what they can in the table. */
    private static List<String> stories(List<Report.Entry> entries) {
        List<String> stories = new ArrayList<>();
        entries.stream()
                .map(entry -> entry.run().diagnosis())
                .filter(Objects::nonNull)
                .forEach(diagnosis -> Disease.of(diagnosis.open()).stream()
                        .filter(disease -> disease.head().severity() != Severity.INFO)
                        .forEach(disease -> stories.add(story(diagnosis.run().title(), disease))));
        return stories;
    }

    private static String story(String run, Disease disease) {
        Finding head = disease.head();
        StringBuilder story = new StringBuilder("\n## " + head.id() + " in " + Markdown.code(run, LONGEST_NAME) + "\n\n"
                + Markdown.prose(head.summary(), LONGEST_LINE) + "\n\n");
        item(story, head.severity().id(), FindingWords.where(head));
        item(story, "observed", FindingWords.observed(head));
        item(story, "because", String.join(", ", head.because()));
        List<Finding> others = disease.others();
        others.stream().limit(MOST_OTHERS).forEach(other -> item(story, other.id(), other.summary()));
        if (others.size() > MOST_OTHERS) {
            item(story, "also", others.size() - MOST_OTHERS + " more of the same disease");
        }
        Remedy first = head.remedies().get(0);
        item(story, "try", FindingWords.remedy(first));
        if (!first.code().isBlank()) {
            story.append('\n').append(Markdown.snippet(first.code(), LONGEST_SNIPPET));
        }
        return story.toString();
    }

    private static void item(StringBuilder story, String key, String value) {
        if (!value.isEmpty()) {
            story.append("- ")
                    .append(key)
                    .append(": ")
                    .append(Markdown.prose(value, LONGEST_LINE))
                    .append('\n');
        }
    }
}
