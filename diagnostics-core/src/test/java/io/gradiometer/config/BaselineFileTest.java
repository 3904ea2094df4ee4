package io.gradiometer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradiometer.config.Configuration.Source;
import io.gradiometer.finding.Diagnoses;
import io.gradiometer.trace.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineFileTest {

    @TempDir
    Path folder;

    private Baseline read(Map<String, String> settings) {
        return Baseline.of(Configuration.of(new Source("pom.xml", settings)), folder, TextFile::read);
    }

    @Test
    void reads_what_was_written_over_an_older_one() throws IOException {
        Baseline known = Baseline.NONE.updatedBy(List.of(Diagnoses.canonical()));
        Path file = folder.resolve("deep/er/known.txt");
        TextFile.write(file, Baseline.NONE.text());
        TextFile.write(file, known.text());

        assertThat(read(Map.of("gradiometer.baseline", "deep/er/known.txt"))).isEqualTo(known);
        assertThat(file.getParent()).isDirectoryContaining(path -> path.equals(file));
        try (var files = Files.list(folder.resolve("deep/er"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void knows_nothing_where_there_is_no_file_and_none_was_asked_for() {
        assertThat(read(Map.of())).isEqualTo(Baseline.NONE);
        assertThat(read(Map.of("gradiometer.baseline", "gone.txt", "gradiometer.baseline.update", "true")))
                .isEqualTo(Baseline.NONE);
    }

    @Test
    void an_update_may_replace_a_file_of_another_version() throws IOException {
        TextFile.write(folder.resolve("gradiometer-baseline.txt"), "# gradiometer/baseline/2\n");

        assertThatThrownBy(() -> read(Map.of())).hasMessageContaining("write it anew with");
        assertThat(read(Map.of("gradiometer.baseline.update", "true"))).isEqualTo(Baseline.NONE);
    }

    @Test
    void takes_the_customary_name_by_itself() throws IOException {
        Baseline known = Baseline.NONE.updatedBy(List.of(Diagnoses.canonical()));
        TextFile.write(folder.resolve("gradiometer-baseline.txt"), known.text());

        assertThat(read(Map.of())).isEqualTo(known);
    }

    @Test
    void tells_of_a_file_that_is_missing_or_no_file() throws IOException {
        assertThatThrownBy(() -> read(Map.of("gradiometer.baseline", "gone.txt")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("gradiometer.baseline: there is no file " + folder.resolve("gone.txt")
                        + "; write it with -Dgradiometer.baseline.update");
        Files.createDirectory(folder.resolve("gradiometer-baseline.txt"));
        assertThatThrownBy(() -> read(Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cannot be read");
    }
}
