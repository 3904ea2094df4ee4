package io.gradiometer.report;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.Judge;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.FindingText;
import io.gradiometer.finding.RunInfo;
import io.gradiometer.finding.Undecided;
import io.gradiometer.trace.RecordedRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Runs as test cases, for whatever shows the results of tests.
 *
 * <p>A case fails where the gate fails, by the settings that are in the diagnosis. What could not be judged is skipped, unless it breaks
 * the build: a green case would say that it is well.
 */
final class JunitReport implements ReportWriter {

    static final String FILE = "gradiometer.xml";

    /** The suite of runs that no test trained. */
    private static final String NO_TEST = "gradiometer";

    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_LINE = 1000;
    private static final int LONGEST_BLOCK = 20_000;

    /** How a case ended. */
    private enum End {
        PASSED,
        FAILED,
        SKIPPED
    }

    /**
     * A run as a test case.
     *
     * @param suite class of the test
     * @param name of the test
     * @param end how it ended
     * @param type of what made it end so
     * @param message in one line
     * @param detail in full
     * @param remarks what else there is to say
     */
    private record Case(
            String suite, String name, End end, String type, String message, String detail, String remarks) {

        /** Returns the case under a name that tells it from others. */
        Case named(String other) {
            return new Case(suite, other, end, type, message, detail, remarks);
        }
    }

    @Override
    public void write(Report report, ReportOutput output) throws IOException {
        Map<String, List<Case>> suites = new LinkedHashMap<>();
        for (Report.Entry entry : report.entries()) {
            Case one = caseOf(entry);
            suites.computeIfAbsent(one.suite, suite -> new ArrayList<>()).add(one);
        }
        List<Case> all = suites.values().stream().flatMap(List::stream).toList();
        Xml xml = new Xml();
        xml.begin(
                "testsuites",
                "name",
                PlainText.line(report.title(), LONGEST_NAME),
                "tests",
                all.size(),
                "failures",
                count(all, End.FAILED),
                "errors",
                0);
        suites.forEach((name, cases) -> suite(xml, name, cases));
        output.write(FILE, xml.end().toString());
    }

    private static void suite(Xml xml, String name, List<Case> cases) {
        xml.begin(
                "testsuite",
                "name",
                name,
                "tests",
                cases.size(),
                "failures",
                count(cases, End.FAILED),
                "errors",
                0,
                "skipped",
                count(cases, End.SKIPPED));
        Map<String, Integer> taken = new HashMap<>();
        for (Case one : cases) {
            int uses = taken.merge(one.name, 1, Integer::sum);
            add(xml, uses == 1 ? one : one.named(one.name + " #" + uses));
        }
        xml.end();
    }

    private static void add(Xml xml, Case one) {
        xml.begin("testcase", "classname", one.suite, "name", one.name);
        if (one.end == End.FAILED) {
            xml.leaf("failure", one.detail, "type", one.type, "message", one.message);
        } else if (one.end == End.SKIPPED) {
            xml.leaf("skipped", one.detail, "type", one.type, "message", one.message);
        }
        if (!one.remarks.isEmpty()) {
            xml.leaf("system-out", one.remarks);
        }
        xml.end();
    }

    private static long count(Collection<Case> cases, End end) {
        return cases.stream().filter(one -> one.end == end).count();
    }

    private static Case caseOf(Report.Entry entry) {
        RecordedRun run = entry.run();
        String problems = PlainText.block(String.join("\n", run.problems()), LONGEST_BLOCK);
        Diagnosis diagnosis = run.diagnosis();
        if (diagnosis == null) {
            String name = PlainText.line(String.valueOf(run.folder().getFileName()), LONGEST_NAME);
            String message = "the run left no diagnosis that can be read";
            return new Case(NO_TEST, name, End.SKIPPED, "unreadable", message, problems, "");
        }
        return caseOf(diagnosis, problems);
    }

    private static Case caseOf(Diagnosis diagnosis, String problems) {
        Configuration settings = Configuration.of(new Configuration.Source("diagnosis", diagnosis.configuration()));
        Judge judge = new Judge(settings, List.of());
        List<Finding> offending = judge.offending(diagnosis);
        List<Finding> others =
                diagnosis.open().stream().filter(f -> !offending.contains(f)).toList();
        RunInfo run = diagnosis.run();
        String remarks = joined(problems, text(others, run));
        if (!offending.isEmpty()) {
            Finding worst = offending.get(0);
            return of(run, End.FAILED, worst.id(), worst.summary(), text(offending, run), remarks);
        } else if (judge.failsAsInconclusive(diagnosis)) {
            return of(run, End.FAILED, "inconclusive", missing(diagnosis), "", remarks);
        } else if (!diagnosis.isConclusive()) {
            return of(run, End.SKIPPED, "inconclusive", missing(diagnosis), "", remarks);
        }
        return of(run, End.PASSED, "", "", "", remarks);
    }

    private static Case of(RunInfo run, End end, String type, String message, String detail, String remarks) {
        String suite = run.test() == null ? NO_TEST : run.test().className();
        return new Case(
                PlainText.line(suite, LONGEST_NAME),
                PlainText.line(name(run), LONGEST_NAME),
                end,
                type,
                PlainText.line(message, LONGEST_LINE),
                detail,
                remarks);
    }

    private static String name(RunInfo run) {
        RunInfo.TestRef test = run.test();
        if (test == null) {
            return run.title();
        }
        String shown = test.displayName();
        if (test.method().isEmpty()) {
            return shown.isEmpty() ? run.title() : shown;
        }
        return shown.isEmpty() || shown.startsWith(test.method()) ? test.method() : test.method() + " " + shown;
    }

    private static String missing(Diagnosis diagnosis) {
        return "could not be judged, for it lacks "
                + Undecided.byMissing(diagnosis.inconclusive()).entrySet().stream()
                        .map(e -> e.getKey() + " (" + String.join(", ", e.getValue()) + ")")
                        .collect(Collectors.joining("; "));
    }

    /** The text of the console, with the same line breaks on every system. */
    private static String text(List<Finding> findings, RunInfo run) {
        return PlainText.block(
                FindingText.render(findings, run.seed()).replace(System.lineSeparator(), "\n"), LONGEST_BLOCK);
    }

    private static String joined(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + "\n" + second;
    }
}
