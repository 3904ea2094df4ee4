package io.gradiometer.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files below a folder; a reader never sees half of one. */
final class DirectoryOutput implements ReportOutput {

    private final Path root;

    DirectoryOutput(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public void write(String name, String content) throws IOException {
        Path file = root.resolve(name).normalize();
        Path folder = file.resolveSibling("");
        Files.createDirectories(folder);
        // Each JVM has a draft of its own: forks of one build may end, and write their page, at the same moment.
        Path draft = folder.resolve(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            // Not writeString: it refuses the unpaired surrogates that a name from outside may hold.
            Files.write(draft, content.getBytes(StandardCharsets.UTF_8));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
