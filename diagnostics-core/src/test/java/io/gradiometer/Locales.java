package io.gradiometer;

import java.util.Locale;
import java.util.function.Supplier;

/** Runs something as it would run on a user's machine elsewhere. */
public final class Locales {

    /** No locale at all. */
    public static final String ROOT = "und";

    /** A comma where others write a decimal point. */
    public static final String GERMAN = "de-DE";

    /** Digits of its own. */
    public static final String ARABIC = "ar-EG-u-nu-arab";

    private Locales() {}

    /** Returns what the action gives while the JVM speaks the language. */
    public static <T> T in(String languageTag, Supplier<T> action) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(languageTag));
        try {
            return action.get();
        } finally {
            Locale.setDefault(before);
        }
    }
}
