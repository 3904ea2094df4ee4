package io.gradiometer.report.html;

import static j2html.TagCreator.details;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.ul;

import io.gradiometer.finding.Disease;
import io.gradiometer.finding.Finding;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All troubles of a run, the worst in full; thousands do not make a page that nobody can open. */
final class Stories {

    private static final int MOST_STORIES = 20;
    private static final int MOST_LINES = 200;

    private final @Nullable Instruments instruments;
    private final Links links = new Links();
    private int number = 1;

    Stories(@Nullable Instruments instruments) {
        this.instruments = instruments;
    }

    List<DomContent> view(List<Disease> open, List<Disease> settled) {
        List<DomContent> sections = new ArrayList<>();
        if (!open.isEmpty()) {
            sections.add(section(
                    h2(Texts.say(open.size() == 1 ? "story.heading.one" : "story.heading.many")),
                    each(told(open), story -> story)));
        }
        if (!settled.isEmpty()) {
            sections.add(section(
                    h2(Texts.say("story.settled")),
                    p(Texts.say("story.settled.about")).withClass("about"),
                    each(told(settled), story -> story)));
        }
        return sections;
    }

    private List<DomContent> told(List<Disease> diseases) {
        List<DomContent> stories = new ArrayList<>();
        int most = Math.min(MOST_STORIES, diseases.size());
        for (Disease disease : diseases.subList(0, most)) {
            stories.add(FindingView.of(disease, number, links, instruments));
            number += disease.size();
        }
        List<Finding> rest = Verdicts.numbered(diseases.subList(most, diseases.size()));
        number += rest.size();
        if (!rest.isEmpty()) {
            stories.add(lines(rest));
        }
        return stories;
    }

    private static DomContent lines(List<Finding> rest) {
        int most = Math.min(MOST_LINES, rest.size());
        return details(
                summary(Texts.say("story.more", rest.size())),
                ul(each(rest.subList(0, most), FindingView::line)),
                most == rest.size() ? null : p(Texts.say("story.omitted", rest.size() - most)));
    }
}
