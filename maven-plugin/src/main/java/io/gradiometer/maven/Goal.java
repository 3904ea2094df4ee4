package io.gradiometer.maven;

import io.gradiometer.config.Baseline;
import io.gradiometer.config.Configuration;
import io.gradiometer.config.Judge;
import io.gradiometer.report.Report;
import io.gradiometer.report.ReportFormats;
import io.gradiometer.trace.RunStore;
import io.gradiometer.trace.TextFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;

/** What the goals with runs share, in this order: runs, page, and then {@link #conclude the goal's own part}. */
abstract class Goal extends ConfiguredGoal {

    // Maven sets it before it calls.
    @SuppressWarnings("NullAway.Init")
    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    @Override
    final void run(GoalConfiguration told, Configuration configuration) throws IOException, MojoFailureException {
        Path folder = folder(configuration);
        BuildRuns.Build build = new BuildRuns.Build(
                sessionName(configuration),
                session().getStartTime().toInstant(),
                execution.getSource() == MojoExecution.Source.CLI);
        Baseline known = known(configuration);
        BuildRuns runs = BuildRuns.read(folder, build);
        if (!runs.isEmpty()) {
            if (runs.everyBuilds()) {
                getLog().info("Called alone: every run below " + folder + " counts, whichever build left it.");
            }
            runs.flaky().forEach(getLog()::warn);
            Baseline baseline = baseline(configuration, runs, known);
            concludeWithPage(configuration, runs.judgedBy(new Judge(configuration, List.of(), baseline)));
        } else if (hasNoCode()) {
            getLog().info("No training runs here.");
        } else {
            concludeWithoutRuns(configuration, silence(folder, build).explain());
        }
    }

    private Baseline known(Configuration configuration) {
        return Baseline.of(configuration, project().getBasedir().toPath(), TextFile::read);
    }

    /** Returns all runs that lie there, as the settings judge them. */
    final BuildRuns allRuns(Configuration configuration) {
        BuildRuns.Build anyBuild = new BuildRuns.Build(
                sessionName(configuration), session().getStartTime().toInstant(), true);
        return BuildRuns.read(folder(configuration), anyBuild)
                .judgedBy(new Judge(configuration, List.of(), known(configuration)));
    }

    private NoRuns silence(Path folder, BuildRuns.Build build) throws IOException {
        return new NoRuns(
                folder,
                isSet("skipTests") || isSet("maven.test.skip"),
                new File(project().getBuild().getTestOutputDirectory()).isDirectory(),
                TestReports.areThere(Path.of(project().getBuild().getDirectory()), build.start()),
                build.alone() ? NoRuns.Agent.NOT_THIS_TIME : PrepareAgentMojo.didTo(getPluginContext()),
                blindness(PrepareAgentMojo.propertyIn(getPluginContext())),
                RunStore.readRemarks(folder, build.session()::equals));
    }

    /** A page that cannot be written must not hide what is wrong with the networks: that is told first. */
    private void concludeWithPage(Configuration configuration, BuildRuns runs)
            throws IOException, MojoFailureException {
        String link;
        IOException unwritten = null;
        try {
            runs.keep();
            link = runs.link(
                    (output, recorded, title) -> ReportFormats.write(
                            configuration.formats(),
                            Report.of(title, output, recorded).with(sources(List.of(project()))),
                            output),
                    project().getName());
        } catch (IOException e) {
            unwritten = e;
            link = "not written, " + e;
        }
        conclude(configuration, runs, link);
        if (unwritten != null) {
            throw unwritten;
        }
    }

    private boolean isSet(String property) {
        String value = property(property);
        return value != null && !value.equals("false");
    }

    /**
     * Returns what is known from before.
     *
     * @param runs as they were recorded
     * @param known by the file
     */
    Baseline baseline(Configuration configuration, BuildRuns runs, Baseline known) throws IOException {
        return known;
    }

    /** Ends a goal that has runs and a page. */
    abstract void conclude(Configuration configuration, BuildRuns runs, String link) throws MojoFailureException;

    /** Ends a goal that has nothing to work on. */
    abstract void concludeWithoutRuns(Configuration configuration, String explanation) throws MojoFailureException;
}
