package io.gradiometer.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.config.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is stored is what users' programs read: a change to it is a change of the format. {@code -Dgolden.update=true} stores anew, but
 * never on a build server.
 */
class FormatGoldenTest {

    private static final Path STORED = Path.of("src/test/resources/io/gradiometer/report/golden");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update") && System.getenv("CI") == null;

    private final Locale before = Locale.getDefault();

    /** Pages are looked at in a browser: they are no format for programs. */
    private static Stream<Arguments> formats_and_locales() {
        return EnumSet.complementOf(EnumSet.of(Format.HTML)).stream()
                .flatMap(format -> Stream.of("", "de-DE", "tr-TR").map(locale -> Arguments.of(format, locale)));
    }

    @AfterEach
    void speak_as_before() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @MethodSource("formats_and_locales")
    void what_is_written_is_what_is_stored_in_every_locale(Format format, String locale) throws IOException {
        Locale.setDefault(Locale.forLanguageTag(locale));

        MemoryOutput output = new MemoryOutput();
        ReportFormats.writer(format).write(FormatSamples.everyKind(), output);

        assertThat(output.files()).containsKey(ReportFormats.file(format));
        for (Map.Entry<String, String> file : output.files().entrySet()) {
            Path stored = STORED.resolve(file.getKey().replace('/', '_'));
            String written = asOnDisk(file.getValue());
            if (UPDATE) {
                Files.createDirectories(STORED);
                Files.writeString(stored, written);
            }
            assertThat(written).isEqualTo(Files.readString(stored));
        }
    }

    /** Half a character has no other spelling in a file than a question mark; pages of detectors are no part of a format. */
    private static String asOnDisk(String text) {
        return new String(text.getBytes(UTF_8), UTF_8).replaceAll("(\"markdown\": \"#).*", "$1 a page of a detector\"");
    }
}
