package io.gradiometer.report;

import io.gradiometer.finding.RunInfo;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/** Where the code lies that trained. */
@FunctionalInterface
@API(status = API.Status.EXPERIMENTAL)
public interface Sources {

    /** Nobody knows. */
    Sources UNKNOWN = run -> Optional.empty();

    /** Returns the file in which a run trained, from the root of all sources on, with {@code /} between folders. */
    Optional<String> fileOf(RunInfo run);

    /**
     * Returns sources that are searched on disk.
     *
     * @param project what paths begin behind, unless it lies in a working copy of Git: then they begin behind that
     * @param roots folders with packages in them; those that do not exist are passed over
     */
    static Sources of(Path project, Collection<Path> roots) {
        return SourceRoots.of(project, roots);
    }

    /** Returns the sources of a project whose folders are called as Maven and Gradle call them. */
    static Sources conventional(Path project) {
        return of(
                project,
                List.of("src/test/java", "src/test/kotlin", "src/main/java", "src/main/kotlin").stream()
                        .map(project::resolve)
                        .toList());
    }
}
