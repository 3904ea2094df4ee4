package io.gradiometer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.finding.RunInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceRootsTest {

    @TempDir
    Path checkout;

    private Path module;

    @BeforeEach
    void make_a_working_copy() throws IOException {
        Files.createDirectory(checkout.resolve(".git"));
        module = checkout.resolve("fraud");
        file("src/test/java/com/acme/FraudTest.java");
        file("src/test/java/com/acme/other/FraudTest.java");
        file("src/main/java/com/acme/Trainer.java");
        file("src/test/kotlin/com/acme/DeepTest.kt");
    }

    @Test
    void a_file_is_named_from_the_working_copy_on() {
        assertThat(sources().fileOf(run("com.acme.FraudTest", "FraudTest.java")))
                .contains("fraud/src/test/java/com/acme/FraudTest.java");
    }

    @Test
    void the_file_that_trained_may_be_another_than_the_test() {
        assertThat(sources().fileOf(run("com.acme.other.FraudTest", "Trainer.java")))
                .contains("fraud/src/main/java/com/acme/Trainer.java");
        assertThat(sources().fileOf(run(null, "Trainer.java"))).contains("fraud/src/main/java/com/acme/Trainer.java");
    }

    @Test
    void a_test_without_a_line_has_its_own_file_in_whatever_language() {
        assertThat(sources().fileOf(run("com.acme.DeepTest$Nested", null)))
                .contains("fraud/src/test/kotlin/com/acme/DeepTest.kt");
    }

    @Test
    void of_two_files_of_a_name_neither_is_guessed() {
        assertThat(sources().fileOf(run(null, "FraudTest.java"))).isEmpty();
    }

    @Test
    void no_name_leads_out_of_the_sources() throws IOException {
        Files.createFile(checkout.resolve("secret.txt"));

        assertThat(List.of("../../../../../secret.txt", "/etc/passwd", "a\u0000b", "", "com/acme", "..\\x"))
                .allSatisfy(name -> {
                    assertThat(sources().fileOf(run("com.acme.FraudTest", name)))
                            .isEmpty();
                    assertThat(sources().fileOf(run(name, null))).isEmpty();
                });
    }

    @Test
    void without_folders_nothing_is_found() {
        assertThat(Sources.conventional(checkout.resolve("nowhere"))
                        .fileOf(run("com.acme.FraudTest", "FraudTest.java")))
                .isEmpty();
        assertThat(Sources.UNKNOWN.fileOf(run("com.acme.FraudTest", "FraudTest.java")))
                .isEmpty();
    }

    private Sources sources() {
        return Sources.conventional(module);
    }

    private void file(String path) throws IOException {
        Path file = module.resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        Files.createFile(file);
    }

    private static RunInfo run(@Nullable String test, @Nullable String file) {
        return new RunInfo(
                "run-1",
                "run",
                test == null ? null : new RunInfo.TestRef(test, "trains", "trains()", "[id]"),
                file == null ? null : new RunInfo.SourceRef(file, 7),
                "",
                "",
                "",
                List.of(),
                0,
                "",
                "",
                0,
                1,
                1,
                Instant.EPOCH,
                true,
                "");
    }
}
