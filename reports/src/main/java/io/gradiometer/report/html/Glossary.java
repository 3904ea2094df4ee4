package io.gradiometer.report.html;

import static j2html.TagCreator.each;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;

import j2html.tags.DomContent;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Explains the words of the trade where they are used, for those who meet them for the first time. */
final class Glossary {

    private static final List<String> TERMS =
            List.of("skill", "signal", "ratio", "decades", "clip", "batch", "activation", "initialisation");

    private Glossary() {}

    /** Returns the explanations of what occurs in a text, null where nothing does. */
    static @Nullable DomContent explain(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<String> met = TERMS.stream()
                .filter(term -> lower.contains(Texts.say("glossary." + term + ".term")))
                .toList();
        return met.isEmpty() ? null : p(each(met, Glossary::entry)).withClass("about");
    }

    private static DomContent entry(String term) {
        return span(
                strong(Texts.say("glossary." + term + ".term")),
                span(": " + Texts.say("glossary." + term + ".means") + " "));
    }
}
