package io.gradiometer.report;

import io.gradiometer.trace.RecordedRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/**
 * What one build has to tell.
 *
 * @param title for people
 * @param entries one for each run
 * @param sources where the code of the runs lies
 */
@API(status = API.Status.EXPERIMENTAL)
public record Report(String title, List<Entry> entries, Sources sources) {

    public Report {
        entries = List.copyOf(entries);
    }

    /** A report of runs whose code lies nobody knows where. */
    public Report(String title, List<Entry> entries) {
        this(title, entries, Sources.UNKNOWN);
    }

    /**
     * One run and its place in the report.
     *
     * @param folder of the run as seen from the report's root, with {@code /} between folders
     * @param home the report's root as seen from the run's folder
     * @param run as it was read
     */
    public record Entry(String folder, String home, RecordedRun run) {}

    /** Places runs where they lie, as seen from the report's root. */
    public static Report of(String title, Path root, List<RecordedRun> runs) {
        Path from = root.toAbsolutePath().normalize();
        List<Entry> entries = new ArrayList<>();
        for (RecordedRun run : runs) {
            Path to = run.folder().toAbsolutePath().normalize();
            entries.add(entry(from, to, run, entries.size() + 1));
        }
        return new Report(title, entries);
    }

    /** Gathers runs in one place, whichever folders they were recorded in: pages can then be moved away together. */
    public static Report gathered(String title, List<RecordedRun> runs) {
        List<Entry> entries = new ArrayList<>();
        for (RecordedRun run : runs) {
            String folder = "runs/" + (entries.size() + 1) + "-" + run.folder().getFileName();
            entries.add(new Entry(folder, "../..", run));
        }
        return new Report(title, entries);
    }

    /** Returns this report of runs whose code lies there. */
    public Report with(Sources changed) {
        return new Report(title, entries, changed);
    }

    private static Entry entry(Path root, Path folder, RecordedRun run, int number) {
        try {
            return new Entry(slashed(root.relativize(folder)), slashed(folder.relativize(root)), run);
        } catch (IllegalArgumentException noWayThere) {
            // Another Windows drive, another file system: no relative link leads there, so the page stays here.
            return new Entry("runs/" + number, "../..", run);
        }
    }

    private static String slashed(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }
}
