package io.gradiometer.maven;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The name under which the runs of one build lie, agreed between the goals without a word: all of them know when the build
 * started and in which process.
 *
 * <p>JVMs that no goal has prepared name their sessions themselves, after the process above them; the last part tells the two
 * apart.
 */
final class BuildSession {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final String NAMED_BY_A_BUILD = "-build";

    private BuildSession() {}

    static String name(Instant buildStart, long process) {
        return STAMP.format(buildStart) + "-" + process + NAMED_BY_A_BUILD;
    }

    /** Tells whether a session was named by a build, and not by a JVM that trained. */
    static boolean isNamedByABuild(String session) {
        return session.endsWith(NAMED_BY_A_BUILD);
    }
}
