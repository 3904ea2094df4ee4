package io.gradiometer.config;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.OneLine;
import io.gradiometer.finding.RunInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Findings that were there when the file was written: builds fail on new ones only.
 *
 * <p>A text file with a line for each, so that versions of it can be compared and merged. A finding is known if its id and test are, and
 * it shares a layer with what is known: which layers of a stack fall over a limit changes from run to run.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class Baseline {

    /** Where nothing is known. */
    public static final Baseline NONE = new Baseline(List.of());

    private static final String FORMAT = "# gradiometer/baseline/";
    private static final String VERSION = FORMAT + "1";
    private static final String SEPARATOR = " | ";

    private final List<Known> known;

    /** One line. */
    private record Known(String id, String place, List<String> layers) implements Comparable<Known> {

        static Known of(Finding finding, RunInfo run) {
            return new Known(
                    finding.id(),
                    plain(run.place()),
                    finding.layers().stream().map(Baseline::plain).toList());
        }

        boolean isSameAs(Known other) {
            return id.equals(other.id)
                    && place.equals(other.place)
                    && (layers.isEmpty() == other.layers.isEmpty())
                    && (layers.isEmpty() || !Collections.disjoint(layers, other.layers));
        }

        String line() {
            return Stream.concat(Stream.of(place, id), layers.stream()).collect(Collectors.joining(SEPARATOR));
        }

        @Override
        public int compareTo(Known other) {
            return line().compareTo(other.line());
        }
    }

    private Baseline(Collection<Known> known) {
        this.known = List.copyOf(known);
    }

    /** Reads a file's text; nothing where there is no such file. */
    public interface Reader {
        Optional<String> read(Path file) throws IOException;
    }

    /** Returns the file that the settings name. */
    public static Path file(Configuration configuration, Path base) {
        return base.resolve(configuration.text(Setting.BASELINE));
    }

    /**
     * Reads the file that the settings name; nothing is known where there is none and none was asked for.
     *
     * @param base what a relative path counts from
     * @param reader of files, which this package does not touch
     * @throws ConfigurationException where there is no file in the place that was set, or one that is no baseline of this version
     */
    public static Baseline of(Configuration configuration, Path base, Reader reader) {
        Path file = file(configuration, base);
        Optional<String> text;
        try {
            text = reader.read(file);
        } catch (IOException e) {
            throw new ConfigurationException(
                    List.of(file + " cannot be read: " + OneLine.of(String.valueOf(e.getMessage()))));
        }
        if (configuration.flag(Setting.BASELINE_UPDATE)) {
            return text.flatMap(Baseline::readable).orElse(NONE);
        }
        if (text.isEmpty() && configuration.states(Setting.BASELINE)) {
            throw new ConfigurationException(List.of(Setting.BASELINE.key() + ": there is no file " + file
                    + "; write it with -D" + Setting.BASELINE_UPDATE.key()));
        }
        return text.map(found -> parse(String.valueOf(file), found)).orElse(NONE);
    }

    /** What is about to be written anew need not be of this version: that is what an update is advised for. */
    private static Optional<Baseline> readable(String text) {
        try {
            return Optional.of(parse("", text));
        } catch (ConfigurationException ofAnotherVersion) {
            return Optional.empty();
        }
    }

    /**
     * Reads the text of a file.
     *
     * @throws ConfigurationException if it is none, or one of another version
     */
    public static Baseline parse(String name, String text) {
        List<String> lines = text.lines().map(String::strip).toList();
        String first = lines.isEmpty() ? "" : lines.get(0);
        if (!first.equals(VERSION)) {
            String why = first.startsWith(FORMAT)
                    ? "is of version " + first.substring(FORMAT.length()) + ", and this is version 1"
                    : "is no baseline: its first line is not '" + VERSION + "'";
            throw new ConfigurationException(
                    List.of(name + " " + why + "; write it anew with -Dgradiometer.baseline.update"));
        }
        List<Known> known = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            List<String> parts = List.of(line.split(" \\| ", -1));
            if (parts.size() < 2) {
                throw new ConfigurationException(List.of(name + ", line " + (i + 1)
                        + ": written are test, finding id and layers, separated by '" + SEPARATOR + "'"));
            }
            known.add(new Known(parts.get(1), parts.get(0), parts.subList(2, parts.size())));
        }
        return new Baseline(known);
    }

    /** Returns the text of a file. */
    public String text() {
        StringBuilder text = new StringBuilder(VERSION)
                .append("\n# What was known when this was written; builds fail on what is new."
                        + "\n# Written anew by: mvn verify -Dgradiometer.baseline.update\n");
        new TreeSet<>(known).forEach(one -> text.append(one.line()).append('\n'));
        return text.toString();
    }

    public int size() {
        return known.size();
    }

    /** Tells whether a finding was there before. */
    boolean knows(Finding finding, RunInfo run) {
        Known asked = Known.of(finding, run);
        return known.stream().anyMatch(asked::isSameAs);
    }

    /** Returns what is known of tests that have run and is not there any more in any of their runs. */
    public Baseline resolvedBy(Collection<Diagnosis> diagnoses) {
        List<Known> there = all(diagnoses);
        List<String> places = places(diagnoses);
        return new Baseline(known.stream()
                .filter(one -> places.contains(one.place) && there.stream().noneMatch(one::isSameAs))
                .toList());
    }

    /**
     * Returns the baseline of now: what is there of the tests that have run, and what is known of those that have not.
     *
     * @param diagnoses of all that have run, with those findings alone that are to be known
     */
    public Baseline updatedBy(Collection<Diagnosis> diagnoses) {
        Set<Known> now = new TreeSet<>(all(diagnoses));
        List<String> places = places(diagnoses);
        known.stream().filter(one -> !places.contains(one.place)).forEach(now::add);
        return new Baseline(now);
    }

    private static List<String> places(Collection<Diagnosis> diagnoses) {
        return diagnoses.stream().map(d -> plain(d.run().place())).toList();
    }

    private static List<Known> all(Collection<Diagnosis> diagnoses) {
        return diagnoses.stream()
                .flatMap(diagnosis -> diagnosis.findings().stream().map(finding -> Known.of(finding, diagnosis.run())))
                .toList();
    }

    /** Names come from outside: one line each, and nothing that ends a column. */
    private static String plain(String name) {
        return name.replaceAll("[\\p{Cntrl}|]", "_").replaceAll("^#", "_").strip();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Baseline baseline && baseline.text().equals(text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
