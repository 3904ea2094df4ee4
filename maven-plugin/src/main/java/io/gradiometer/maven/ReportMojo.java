package io.gradiometer.maven;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.ConfigurationException;
import io.gradiometer.config.Setting;
import io.gradiometer.report.HtmlReport;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.apache.maven.doxia.sink.Sink;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.reporting.MavenReport;
import org.apache.maven.reporting.MavenReportException;
import org.apiguardian.api.API;

/**
 * Writes the page of the training runs that this build's tests recorded, and judges nothing.
 *
 * <p>The goal <code>check</code> writes the same page; this one is for builds that want to see and not to fail. In the
 * <code>&lt;reporting&gt;</code> of a POM it puts the pages of all runs that lie there into the site, where they stand among the
 * project's reports.
 *
 * <pre>
 * &lt;plugin&gt;
 *   &lt;groupId&gt;io.gradiometer&lt;/groupId&gt;
 *   &lt;artifactId&gt;gradiometer-maven-plugin&lt;/artifactId&gt;
 *   &lt;executions&gt;
 *     &lt;execution&gt;
 *       &lt;goals&gt;
 *         &lt;goal&gt;report&lt;/goal&gt;
 *       &lt;/goals&gt;
 *     &lt;/execution&gt;
 *   &lt;/executions&gt;
 * &lt;/plugin&gt;
 * </pre>
 */
@API(status = API.Status.EXPERIMENTAL)
@Mojo(name = "report", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class ReportMojo extends Goal implements MavenReport {

    // Maven sets it before it calls, and a site replaces it.
    @SuppressWarnings("NullAway.Init")
    @Parameter(defaultValue = "${project.reporting.outputDirectory}", readonly = true, required = true)
    private File siteDirectory;

    /** For Maven. */
    public ReportMojo() {}

    @Override
    void addTo(GoalConfiguration told) {}

    @Override
    void conclude(Configuration configuration, BuildRuns runs, String link) {
        getLog().info(whatIsWritten(configuration) + " of " + runs.runs().size() + " training run"
                + (runs.runs().size() == 1 ? "" : "s") + ": " + link);
    }

    @Override
    void concludeWithoutRuns(Configuration configuration, String explanation) {
        getLog().info(explanation);
    }

    @Override
    public boolean canGenerateReport() throws MavenReportException {
        Configuration configuration = siteSettings();
        return !configuration.flag(Setting.SKIP) && !allRuns(configuration).isEmpty();
    }

    @Override
    public void generate(Sink sink, Locale locale) throws MavenReportException {
        BuildRuns runs = allRuns(siteSettings());
        try {
            HtmlReport.gather(
                    siteDirectory.toPath().resolve("gradiometer"),
                    runs.runs(),
                    project().getName());
        } catch (IOException | UncheckedIOException e) {
            throw new MavenReportException("Gradiometer could not write its pages into the site: " + e, e);
        }
    }

    private Configuration siteSettings() throws MavenReportException {
        try {
            return settings();
        } catch (ConfigurationException | IOException e) {
            throw new MavenReportException(e.getMessage(), e);
        }
    }

    /** The pages are finished: the site has nothing to put around them. */
    @Override
    public boolean isExternalReport() {
        return true;
    }

    // Deprecated in favour of a path, for which site plugins before 3.20 do not ask.
    @SuppressWarnings("deprecation")
    @Override
    public String getOutputName() {
        return "gradiometer/index";
    }

    @Override
    public String getCategoryName() {
        return CATEGORY_PROJECT_REPORTS;
    }

    @Override
    public String getName(Locale locale) {
        return "Gradiometer";
    }

    @Override
    public String getDescription(Locale locale) {
        return "How the networks fared that the tests trained.";
    }

    @Override
    public void setReportOutputDirectory(File directory) {
        siteDirectory = directory;
    }

    @Override
    public File getReportOutputDirectory() {
        return siteDirectory;
    }
}
