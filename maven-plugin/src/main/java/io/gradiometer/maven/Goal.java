package io.gradiometer.maven;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.ConfigurationException;
import io.gradiometer.config.Setting;
import io.gradiometer.report.HtmlReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * What the goals share, in this order: settings, runs, page, and then {@link #conclude the goal's own part}.
 *
 * <p>A class to inherit from only because Maven hands parameters to fields.
 */
abstract class Goal extends AbstractMojo {

    // Maven sets both before it calls.
    @SuppressWarnings("NullAway.Init")
    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    @SuppressWarnings("NullAway.Init")
    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    /** Whether to do nothing at all: <code>true</code> or <code>false</code>, which is the default. */
    @Parameter(property = "gradiometer.skip")
    private @Nullable String skip;

    /**
     * Folder with the runs that the tests recorded; the page is written there, too. By default
     * <code>${project.build.directory}/gradiometer</code>. Another folder is best named in
     * <code>gradiometer.properties</code>, where the tests read it, too.
     */
    @Parameter(property = "gradiometer.output")
    private @Nullable String output;

    /**
     * Ids of findings that are switched off, separated by commas or white space: they neither fail the build nor count
     * for a run's health, and the page shows them as suppressed. By default none.
     */
    @Parameter(property = "gradiometer.ignore")
    private @Nullable String ignore;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        try {
            Configuration configuration = configuration();
            if (configuration.flag(Setting.SKIP)) {
                getLog().info("Skipped, because gradiometer.skip is set.");
            } else {
                run(configuration);
            }
        } catch (ConfigurationException e) {
            throw new MojoExecutionException(e.getMessage());
        } catch (IOException | UncheckedIOException e) {
            throw new MojoExecutionException("Gradiometer could not read the runs or write their page: " + e, e);
        }
    }

    private void run(Configuration configuration) throws IOException, MojoFailureException {
        Path folder = project.getBasedir().toPath().resolve(configuration.text(Setting.OUTPUT));
        BuildRuns runs = BuildRuns.read(folder, session.getStartTime().toInstant(), configuration);
        if (!runs.isEmpty()) {
            if (runs.earlier()) {
                getLog().info("No training run was recorded in this build; these are the runs of an earlier one.");
            }
            concludeWithPage(configuration, runs);
        } else if (project.getPackaging().equals("pom")) {
            getLog().info("No training runs here.");
        } else {
            concludeWithoutRuns(configuration, NoRuns.explain(folder, testsSkipped()));
        }
    }

    /** A page that cannot be written must not hide what is wrong with the networks: that is told first. */
    private void concludeWithPage(Configuration configuration, BuildRuns runs)
            throws IOException, MojoFailureException {
        String link;
        IOException unwritten = null;
        try {
            link = runs.link(HtmlReport::write, project.getName());
        } catch (IOException e) {
            unwritten = e;
            link = "not written, " + e;
        }
        conclude(configuration, runs, link);
        if (unwritten != null) {
            throw unwritten;
        }
    }

    private Configuration configuration() throws IOException {
        GoalConfiguration told = new GoalConfiguration()
                .systemProperties(session.getSystemProperties())
                .systemProperties(session.getUserProperties())
                .pomProperties(project.getProperties())
                .element(Setting.SKIP, skip)
                .element(Setting.OUTPUT, output)
                .element(Setting.IGNORE, ignore)
                .file(Path.of(project.getBuild().getTestOutputDirectory()))
                .defaultOutput(project.getBuild().getDirectory() + "/gradiometer");
        addTo(told);
        return told.build();
    }

    private boolean testsSkipped() {
        return isSet("skipTests") || isSet("maven.test.skip");
    }

    private boolean isSet(String property) {
        Properties inPom = project.getProperties();
        String value = session.getUserProperties().getProperty(property, inPom.getProperty(property, "false"));
        return !value.equals("false");
    }

    /** Adds the parameters that only this goal has. */
    abstract void addTo(GoalConfiguration told);

    /** Ends a goal that has runs and a page. */
    abstract void conclude(Configuration configuration, BuildRuns runs, String link) throws MojoFailureException;

    /** Ends a goal that has nothing to work on. */
    abstract void concludeWithoutRuns(Configuration configuration, String explanation) throws MojoFailureException;
}
