package io.gradiometer.report;

import java.io.IOException;
import java.nio.file.Path;
import org.apiguardian.api.API;

/** Where the files of a report go. */
@API(status = API.Status.EXPERIMENTAL)
public interface ReportOutput {

    /**
     * Takes one file, whole or not at all; a file of the same name is replaced.
     *
     * @param name relative to the report's root, with {@code /} between folders; may lead out of it with {@code ..}
     * @param content text, to be kept as UTF-8
     */
    void write(String name, String content) throws IOException;

    /** Returns an output that keeps files below a folder, which need not exist. */
    static ReportOutput directory(Path root) {
        return new DirectoryOutput(root);
    }
}
