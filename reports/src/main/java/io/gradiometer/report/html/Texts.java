package io.gradiometer.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words of the pages, in one file that can be translated. */
final class Texts {

    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

    private static final Properties TEXTS = load();

    private Texts() {}

    private static Properties load() {
        Properties texts = new Properties();
        try (InputStream file = Texts.class.getResourceAsStream("texts.properties")) {
            if (file == null) {
                throw new IllegalStateException("texts.properties is missing from the jar");
            }
            Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8);
            texts.load(reader);
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a text; <code>{0}</code>, <code>{1}</code> … stand for the values. */
    static String say(String key, Object... values) {
        String text = find(key);
        if (text == null) {
            throw new IllegalArgumentException("texts.properties has no '" + key + "'");
        }
        return PLACE.matcher(text).replaceAll(place -> {
            int index = Integer.parseInt(place.group(1));
            return Matcher.quoteReplacement(String.valueOf(values[index]));
        });
    }

    /** Returns a text, null where there is none: ids of detectors from outside have none. */
    static @Nullable String find(String key) {
        return TEXTS.getProperty(key);
    }
}
