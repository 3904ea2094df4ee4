package io.gradiometer.maven;

import io.gradiometer.config.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The arguments of the tests' JVMs, as Surefire splits them: at blanks outside of quotes. */
final class ArgLine {

    private ArgLine() {}

    /**
     * Appends the agent and its settings to what is there.
     *
     * @param before may be null; what another plugin has put there stays as it is
     * @param settings by key, handed over as system properties, which the extension and listeners in that JVM read, too
     */
    static String with(@Nullable String before, Path agentJar, Map<String, String> settings) {
        String agent = "-javaagent:" + portable(agentJar);
        if (before != null && before.contains(agent)) {
            return before;
        }
        StringBuilder line = new StringBuilder(before == null ? "" : before.strip());
        line.append(line.isEmpty() ? "" : " ").append(quoted(agent));
        new TreeMap<>(settings).forEach((key, value) -> line.append(' ').append(quoted("-D" + key + "=" + value)));
        return line.toString();
    }

    /** Other plugins that read this line, JaCoCo for one, take a backslash for the beginning of an escape. */
    static String portable(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    /** Double quotes come first: JaCoCo knows no others. */
    private static String quoted(String argument) {
        String oneLine = argument.replaceAll("\\s+", " ");
        if (!oneLine.matches(".*[ \"'].*")) {
            return oneLine;
        }
        char quote = oneLine.indexOf('"') < 0 ? '"' : '\'';
        if (oneLine.indexOf(quote) >= 0) {
            throw new ConfigurationException(
                    List.of(argument + ": holds both kinds of quotes, which cannot be handed to the tests"));
        }
        return quote + oneLine + quote;
    }
}
