package io.gradiometer.report;

import io.gradiometer.finding.Finding;
import io.gradiometer.finding.RunInfo;
import java.io.IOException;
import java.util.List;

/**
 * The worst findings as GitHub's workflow commands, which become annotations of the code once they are printed.
 *
 * <p>GitHub shows ten of a kind in each step: no more are written, the last then telling how many there are besides.
 */
final class GithubReport implements ReportWriter {

    static final String FILE = "gradiometer-github.txt";

    private static final int MOST = 10;
    private static final int LONGEST = 1000;
    private static final int LONGEST_NAME = 200;

    @Override
    public void write(Report report, ReportOutput output) throws IOException {
        List<Occurrence> open = Occurrence.worstFirst(report).stream()
                .filter(occurrence -> occurrence.finding().isOpen())
                .toList();
        int shown = open.size() > MOST ? MOST - 1 : open.size();
        StringBuilder commands = new StringBuilder();
        open.stream().limit(shown).forEach(o -> commands.append(command(o, report.sources()))
                .append('\n'));
        if (open.size() > shown) {
            commands.append("::notice title=Gradiometer::and ")
                    .append(open.size() - shown)
                    .append(" more findings; ")
                    .append(data(Standing.counts(report.entries())))
                    .append('\n');
        }
        output.write(FILE, commands.toString());
    }

    private static String command(Occurrence occurrence, Sources sources) {
        Finding finding = occurrence.finding();
        RunInfo run = occurrence.run();
        String title = PlainText.line(finding.id() + " in " + run.title(), LONGEST_NAME);
        return "::" + kind(finding) + " " + place(run, sources) + "title=" + property(title) + "::"
                + data(message(finding));
    }

    private static String kind(Finding finding) {
        return switch (finding.severity()) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "notice";
        };
    }

    private static String place(RunInfo run, Sources sources) {
        RunInfo.SourceRef source = run.source();
        String line = source == null || source.line() < 1 ? "" : "line=" + source.line() + ",";
        return sources.fileOf(run)
                .map(file -> "file=" + property(PlainText.line(file, LONGEST)) + "," + line)
                .orElse("");
    }

    private static String message(Finding finding) {
        String observed = FindingWords.observed(finding);
        return PlainText.line(finding.summary(), LONGEST)
                + "\nwhere: " + PlainText.line(FindingWords.where(finding), LONGEST)
                + (observed.isEmpty() ? "" : "\nobserved: " + PlainText.line(observed, LONGEST))
                + "\ntry: "
                + PlainText.line(FindingWords.remedy(finding.remedies().get(0)), LONGEST);
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
