package io.gradiometer.report.html;

import static j2html.TagCreator.caption;
import static j2html.TagCreator.each;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import io.gradiometer.finding.Numbers;
import io.gradiometer.report.chart.LayerSeries;
import io.gradiometer.signal.Step;
import io.gradiometer.trace.Trace;
import j2html.tags.specialized.TableTag;
import j2html.tags.specialized.ThTag;
import java.util.List;
import java.util.stream.IntStream;

/** The numbers behind the plots, at some iterations spread over the run. */
final class SampleTables {

    private static final int ROWS = 24;
    private static final int COLUMNS = 10;

    private SampleTables() {}

    static TableTag losses(Trace trace) {
        List<Step> steps = trace.steps();
        return table(
                caption("Loss at some iterations").withClass("quiet"),
                thead(tr(
                        column("iteration"),
                        column("loss"),
                        column("constant prediction"),
                        column("skill"),
                        column("score"))),
                tbody(each(sample(steps.size(), ROWS), i -> {
                    Step step = steps.get(i);
                    return tr(
                            th(Integer.toString(step.iteration())).withScope("row"),
                            td(Numbers.format(step.loss())).withClass("n"),
                            td(Numerals.known(step.constantLoss())).withClass("n"),
                            td(Numerals.known(step.skill())).withClass("n"),
                            td(Numbers.format(step.score())).withClass("n"));
                })));
    }

    static TableTag gradients(LayerSeries gradients) {
        List<Integer> sample = sample(gradients.iterations().size(), COLUMNS);
        return table(
                caption("Gradient (RMS) of each layer at some iterations").withClass("quiet"),
                thead(tr(
                        column("layer"),
                        each(
                                sample,
                                i -> column(
                                        Integer.toString(gradients.iterations().get(i)))))),
                tbody(each(
                        gradients.rows(),
                        row -> tr(
                                th(Names.brief(row.layer())).withScope("row"),
                                each(sample, i -> td(cell(row.values().get(i))).withClass("n"))))));
    }

    private static ThTag column(String name) {
        return th(name).withScope("col");
    }

    private static String cell(double gradient) {
        return Double.isInfinite(gradient) ? "not finite" : Numerals.known(gradient);
    }

    /** Returns up to {@code most} indices spread evenly, both ends among them. */
    private static List<Integer> sample(int size, int most) {
        int count = Math.min(size, most);
        return IntStream.range(0, count)
                .map(i -> count == 1 ? 0 : (int) ((long) i * (size - 1) / (count - 1)))
                .boxed()
                .toList();
    }
}
