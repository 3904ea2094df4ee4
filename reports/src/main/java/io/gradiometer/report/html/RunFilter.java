package io.gradiometer.report.html;

import static j2html.TagCreator.button;
import static j2html.TagCreator.each;
import static j2html.TagCreator.form;
import static j2html.TagCreator.label;
import static j2html.TagCreator.option;
import static j2html.TagCreator.select;
import static j2html.TagCreator.span;
import static j2html.TagCreator.text;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.RunInfo;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which runs of a build are shown, by style rules alone: pages run no script.
 *
 * <p>Browsers without {@code :has} show no filter, and all runs.
 */
final class RunFilter {

    private final List<RunSummary> runs;
    private final List<Facet> facets;

    /**
     * One thing to choose by.
     *
     * @param key in texts and in style classes
     * @param of what a run has of it
     * @param values that runs of this build have, in order
     */
    private record Facet(String key, Function<RunSummary, Set<String>> of, List<String> values) {

        /** Returns the style class of a value: names from outside never become part of a rule. */
        String style(String value) {
            return key + values.indexOf(value);
        }
    }

    RunFilter(List<RunSummary> runs) {
        this.runs = runs;
        this.facets = Stream.of(
                        facet("health", run -> Set.of(run.outcome().word())),
                        facet("id", RunFilter::ids),
                        facet("severity", RunFilter::severities),
                        facet("test", RunFilter::test))
                .filter(facet -> facet.values().size() > 1)
                .toList();
    }

    private Facet facet(String key, Function<RunSummary, Set<String>> of) {
        Set<String> values = new TreeSet<>();
        runs.forEach(run -> values.addAll(of.apply(run)));
        return new Facet(key, of, List.copyOf(values));
    }

    private static Set<String> ids(RunSummary run) {
        return ofFindings(run, Finding::id);
    }

    private static Set<String> severities(RunSummary run) {
        return ofFindings(run, finding -> finding.severity().id());
    }

    private static Set<String> ofFindings(RunSummary run, Function<Finding, String> part) {
        Diagnosis diagnosis = run.diagnosis();
        Set<String> parts = new TreeSet<>();
        if (diagnosis != null) {
            diagnosis.findings().forEach(finding -> parts.add(part.apply(finding)));
        }
        return parts;
    }

    private static Set<String> test(RunSummary run) {
        Diagnosis diagnosis = run.diagnosis();
        RunInfo.TestRef test = diagnosis == null ? null : diagnosis.run().test();
        return test == null ? Set.of() : Set.of(test.className());
    }

    /** Returns the style classes by which a run is found. */
    String[] classes(RunSummary run) {
        List<String> classes = new ArrayList<>();
        for (Facet facet : facets) {
            facet.of().apply(run).forEach(value -> classes.add(facet.style(value)));
        }
        return classes.toArray(String[]::new);
    }

    /** Returns the rules that hide what was not chosen. */
    String rules() {
        StringBuilder rules = new StringBuilder();
        for (Facet facet : facets) {
            for (String value : facet.values()) {
                String style = facet.style(value);
                rules.append(".build:has(option.")
                        .append(style)
                        .append(":checked) .run:not(.")
                        .append(style)
                        .append("){display:none}\n");
            }
        }
        return rules.toString();
    }

    /** Returns the controls, null where there is nothing to choose. */
    @Nullable
    DomContent view() {
        return facets.isEmpty()
                ? null
                : form(
                                span(Texts.say("build.filter")),
                                each(facets, RunFilter::choice),
                                button(Texts.say("build.filter.reset")).withType("reset"))
                        .withClass("filter");
    }

    private static DomContent choice(Facet facet) {
        return label(
                text(Texts.say("build.filter." + facet.key()) + " "),
                select(option(Texts.say("build.filter.all")), each(facet.values(), value -> option(Names.brief(value))
                        .withClass(facet.style(value)))));
    }
}
