package io.gradiometer.maven;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Clears away what earlier builds observed, with the page on it, and leaves alone whatever may belong to one that goes on beside this one. */
final class OldSessions {

    private static final Pattern NAME = Pattern.compile("(\\d{8}-\\d{6})-(\\d{1,18})(-build)?");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    /** Of runs that are no longer there. */
    private static final String PAGE = "index.html";

    private final Path output;

    OldSessions(Path output) {
        this.output = output;
    }

    /**
     * Deletes them.
     *
     * @param current session of this build, which stays
     * @return how many there were
     */
    int clear(String current) throws IOException {
        if (!Files.isDirectory(output)) {
            return 0;
        }
        List<Path> old;
        try (Stream<Path> entries = Files.list(output)) {
            old = entries.filter(Files::isDirectory)
                    .filter(session -> isOver(String.valueOf(session.getFileName()), current))
                    .toList();
        }
        for (Path session : old) {
            delete(session);
        }
        if (!old.isEmpty()) {
            Files.deleteIfExists(output.resolve(PAGE));
        }
        return old.size();
    }

    private static boolean isOver(String session, String current) {
        Matcher name = NAME.matcher(session);
        if (session.equals(current) || !name.matches()) {
            return false;
        }
        long process = Long.parseLong(name.group(2));
        return process == ProcessHandle.current().pid() || !lives(process, name.group(1));
    }

    /** A process that is younger than the session has only inherited the number. */
    private static boolean lives(long process, String stamp) {
        Instant begun = instant(stamp);
        return ProcessHandle.of(process)
                .filter(ProcessHandle::isAlive)
                .flatMap(alive -> alive.info().startInstant().or(() -> Optional.of(Instant.EPOCH)))
                .filter(started -> begun == null || !started.isAfter(begun.plus(Duration.ofSeconds(2))))
                .isPresent();
    }

    private static @Nullable Instant instant(String stamp) {
        try {
            return LocalDateTime.parse(stamp, STAMP).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static void delete(Path session) throws IOException {
        Files.walkFileTree(session, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            /** Modules that are built at once may share a folder: what another has deleted meanwhile is as it should be. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException trouble) throws IOException {
                if (trouble instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw trouble;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException trouble) throws IOException {
                if (trouble != null) {
                    throw trouble;
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
