package io.gradiometer.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gradiometer.finding.FindingIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final Path SOURCES = Path.of("src/main/java/io/gradiometer/report/html");
    private static final Pattern ASKED = Pattern.compile("Texts\\.say\\(\\s*\"([a-zA-Z.]+)\"[,)]");
    private static final Pattern LITERAL = Pattern.compile("\"([a-z]+(?:\\.[a-zA-Z]+)+)\"");

    @Test
    void values_take_their_places_and_stay_what_they_are() {
        assertThat(Texts.say("instruments.finding", "a{1}", "$1", 3)).isEqualTo("a{1} $1, known from iteration 3.");
    }

    @Test
    void a_text_that_is_missing_is_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Texts.say("no.such"))
                .withMessageContaining("no.such");
    }

    @Test
    void every_finding_of_ours_has_plain_words_for_those_who_never_trained_a_network() {
        assertThat(FindingIds.all()).allSatisfy(id -> assertThat(Texts.find("plain." + id))
                .as(id)
                .isNotBlank()
                .matches("\\p{Ll}.*[^.]"));
    }

    @Test
    void every_instrument_has_a_name_a_label_and_a_sentence_on_what_to_see() {
        assertThat(Instrument.values()).allSatisfy(instrument -> assertThat(Stream.of(".name", ".label", ".see"))
                .allSatisfy(part -> assertThat(Texts.find(instrument.key() + part))
                        .as(instrument.key() + part)
                        .isNotBlank()));
    }

    @Test
    void pages_ask_for_no_text_that_is_missing() throws IOException {
        assertThat(texts()).containsAll(inSources(ASKED));
    }

    @Test
    void no_text_is_left_that_no_page_asks_for() throws IOException {
        Set<String> asked = inSources(LITERAL);
        for (Instrument instrument : Instrument.values()) {
            Stream.of(".name", ".label", ".see", ".axis", ".none").forEach(part -> asked.add(instrument.key() + part));
        }
        Stream.of("health", "id", "severity", "test").forEach(facet -> asked.add("build.filter." + facet));
        Stream.of("skill", "signal", "ratio", "decades", "clip", "batch", "activation", "initialisation")
                .flatMap(term -> Stream.of("glossary." + term + ".term", "glossary." + term + ".means"))
                .forEach(asked::add);
        FindingIds.all().forEach(id -> asked.add("plain." + id));

        assertThat(asked).containsAll(texts());
    }

    private static Set<String> inSources(Pattern key) throws IOException {
        Set<String> keys = new TreeSet<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                key.matcher(Files.readString(file))
                        .results()
                        .map((MatchResult match) -> match.group(1))
                        .forEach(keys::add);
            }
        }
        assertThat(keys).hasSizeGreaterThan(20);
        return keys;
    }

    private static Set<String> texts() throws IOException {
        Properties texts = new Properties();
        try (var file = TextsTest.class.getResourceAsStream("texts.properties")) {
            texts.load(file);
        }
        return texts.stringPropertyNames();
    }
}
