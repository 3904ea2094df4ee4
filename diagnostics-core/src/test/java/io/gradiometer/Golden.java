package io.gradiometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Stored texts that output must match byte for byte.
 *
 * <p>{@code -Dgolden.update} writes them anew; review the difference like a change of an interface. A build server refuses.
 */
public final class Golden {

    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private Golden() {}

    /** Checks that the text is the stored one. */
    public static void assertMatches(String file, String actual) throws IOException {
        Path stored = FOLDER.resolve(file);
        if (System.getProperty("golden.update") != null) {
            assertThat(System.getenv("CI"))
                    .as("golden files are updated by people, not by a build server")
                    .isNull();
            Files.createDirectories(FOLDER);
            Files.writeString(stored, actual);
        }
        assertThat(actual).as(file).isEqualTo(new String(Files.readAllBytes(stored), StandardCharsets.UTF_8));
    }
}
