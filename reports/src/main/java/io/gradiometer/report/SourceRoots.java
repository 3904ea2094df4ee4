package io.gradiometer.report;

import io.gradiometer.finding.RunInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for sources below folders with packages.
 *
 * <p>A run tells the bare name of the file that called {@code fit}: it is looked for beside the test's class, then everywhere, where it
 * must be the only one of its name. Names come from outside, and none leads out of the folders.
 */
final class SourceRoots implements Sources {

    private static final List<String> ENDINGS = List.of(".java", ".kt", ".groovy", ".scala");

    /** A search through more files than any project has is a search in the wrong place. */
    private static final int MOST_FILES = 200_000;

    private final Path base;
    private final List<Path> roots;
    private final Map<RunInfo, Optional<String>> found = new HashMap<>();
    private @Nullable Map<String, List<Path>> byName;

    private SourceRoots(Path base, List<Path> roots) {
        this.base = base;
        this.roots = roots;
    }

    static SourceRoots of(Path project, Collection<Path> roots) {
        List<Path> existing = roots.stream()
                .map(root -> root.toAbsolutePath().normalize())
                .filter(Files::isDirectory)
                .distinct()
                .toList();
        return new SourceRoots(workingCopy(project.toAbsolutePath().normalize()), existing);
    }

    private static Path workingCopy(Path project) {
        Path folder = project;
        while (folder != null && !Files.exists(folder.resolve(".git"))) {
            folder = folder.getParent();
        }
        return folder == null ? project : folder;
    }

    @Override
    public Optional<String> fileOf(RunInfo run) {
        return found.computeIfAbsent(run, this::look);
    }

    private Optional<String> look(RunInfo run) {
        try {
            RunInfo.SourceRef source = run.source();
            if (source == null) {
                return besideTest(
                        run,
                        ENDINGS.stream().map(ending -> simpleName(run) + ending).toList());
            }
            Optional<String> near = besideTest(run, List.of(source.file()));
            return near.isPresent() ? near : only(source.file());
        } catch (InvalidPathException e) {
            // No file of this system is called like that.
            return Optional.empty();
        }
    }

    private Optional<String> besideTest(RunInfo run, List<String> names) {
        RunInfo.TestRef test = run.test();
        if (test == null) {
            return Optional.empty();
        }
        String name = test.className();
        String folder = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : "";
        return roots.stream()
                .flatMap(root -> names.stream().map(file -> inside(root, folder.replace('.', '/'), file)))
                .flatMap(Optional::stream)
                .filter(Files::isRegularFile)
                .findFirst()
                .flatMap(this::shown);
    }

    /** Returns the name of the file's class, within which a test may be nested. */
    private static String simpleName(RunInfo run) {
        RunInfo.TestRef test = run.test();
        String name = test == null ? "" : test.className();
        String last = name.substring(name.lastIndexOf('.') + 1);
        return last.contains("$") ? last.substring(0, last.indexOf('$')) : last;
    }

    private static Optional<Path> inside(Path root, String folder, String file) {
        Path path = root.resolve(folder).resolve(file).normalize();
        return path.startsWith(root) ? Optional.of(path) : Optional.empty();
    }

    private Optional<String> only(String name) {
        if (byName == null) {
            byName = index();
        }
        List<Path> files = byName.getOrDefault(name, List.of());
        return files.size() == 1 ? shown(files.get(0)) : Optional.empty();
    }

    private Map<String, List<Path>> index() {
        Map<String, List<Path>> index = new HashMap<>();
        for (Path root : roots) {
            try (Stream<Path> files = Files.walk(root)) {
                files.limit(MOST_FILES).filter(Files::isRegularFile).forEach(file -> index.computeIfAbsent(
                                String.valueOf(file.getFileName()), any -> new ArrayList<>())
                        .add(file));
            } catch (IOException | UncheckedIOException e) {
                // What cannot be searched can hold a second file of any name: then none is the only one.
                return Map.of();
            }
        }
        return index;
    }

    private Optional<String> shown(Path file) {
        return file.startsWith(base)
                ? Optional.of(base.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), "/"))
                : Optional.empty();
    }
}
