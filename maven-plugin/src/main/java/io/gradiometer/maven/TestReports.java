package io.gradiometer.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What Surefire and Failsafe leave of the tests that they have run. */
final class TestReports {

    private static final List<String> FOLDERS = List.of("surefire-reports", "failsafe-reports");

    private TestReports() {}

    /** Tells whether a test has ended since then. */
    static boolean areThere(Path target, Instant since) throws IOException {
        for (String name : FOLDERS) {
            Path folder = target.resolve(name);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        if (isOfATest(file)
                                && !Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    private static boolean isOfATest(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith("TEST-") && name.endsWith(".xml");
    }
}
