package io.gradiometer.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.config.Format;
import io.gradiometer.trace.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {

    @TempDir
    Path folder;

    @Test
    void tests_write_the_formats_that_were_chosen_where_the_runs_lie() throws IOException {
        RunStore store = new RunStore(folder.resolve("not yet there"), "session");

        Path first = ReportFiles.write(store, List.of(), List.of(Format.JUNIT, Format.JSON));

        assertThat(first).hasFileName("gradiometer.json").hasParent(store.output());
        assertThat(store.output())
                .isDirectoryContaining("glob:**gradiometer.xml")
                .isDirectoryNotContaining("glob:**.html");
    }
}
