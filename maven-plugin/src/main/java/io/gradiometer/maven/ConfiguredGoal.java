package io.gradiometer.maven;

import io.gradiometer.config.Baseline;
import io.gradiometer.config.Configuration;
import io.gradiometer.config.ConfigurationException;
import io.gradiometer.config.Format;
import io.gradiometer.config.Setting;
import io.gradiometer.report.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * What all goals share: their settings, whether they are skipped, and what they know of the build.
 *
 * <p>A class to inherit from only because Maven hands parameters to fields.
 */
abstract class ConfiguredGoal extends AbstractMojo {

    private static final String MAVEN = "org.apache.maven.plugins:maven-";

    // Maven sets these before it calls.
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
     * In which formats the runs are written, separated by commas or white space: <code>html</code>, which is the default,
     * <code>json</code>, <code>sarif</code>, <code>junit</code>, <code>markdown</code>, <code>github</code> and <code>csv</code>. They
     * lie beside the page: <code>gradiometer.json</code>, <code>gradiometer.sarif</code>, <code>gradiometer.xml</code>,
     * <code>gradiometer.md</code>, <code>gradiometer-github.txt</code> and <code>gradiometer.csv</code>.
     */
    @Parameter(property = "gradiometer.formats")
    private @Nullable String formats;

    /**
     * Ids of findings that are switched off, separated by commas or white space: they neither fail the build nor count
     * for a run's health, and the page shows them as suppressed. By default none.
     */
    @Parameter(property = "gradiometer.ignore")
    private @Nullable String ignore;

    /**
     * Exceptions from <code>failOn</code>. Each rule says with its <code>severity</code> from which on findings fail the build
     * (<code>never</code> exempts them), and with <code>id</code>, <code>test</code> and <code>layer</code>, one of them at least, which
     * findings. A <code>*</code> in the names of tests and layers stands for any text.
     *
     * <pre>
     * &lt;rules&gt;
     *   &lt;rule&gt;
     *     &lt;id&gt;vanishing-gradient&lt;/id&gt;
     *     &lt;severity&gt;warning&lt;/severity&gt;
     *   &lt;/rule&gt;
     *   &lt;rule&gt;
     *     &lt;test&gt;*LegacyModel*&lt;/test&gt;
     *     &lt;severity&gt;never&lt;/severity&gt;
     *   &lt;/rule&gt;
     * &lt;/rules&gt;
     * </pre>
     *
     * <p>Of several rules the one counts that names most of id, test and layer; of those that name as much, the strictest. As a
     * property: <code>-Dgradiometer.failOn.vanishing-gradient=warning</code> for a rule with nothing but an id, otherwise
     * <code>gradiometer.rule.&lt;name&gt;=test=*LegacyModel*; severity=never</code>.
     */
    @Parameter
    private @Nullable List<Rule> rules;

    /**
     * Findings that are known and do not count up to a day: they neither fail the build nor count for a run's health, and the page
     * shows them as suppressed. All but <code>test</code> and <code>layer</code> have to be there; <code>until</code> is the last day
     * on which it holds, by UTC and by the start of the run. As a property:
     * <code>gradiometer.suppress.&lt;name&gt;=id=…; until=…; reason=…</code>.
     *
     * <pre>
     * &lt;suppressions&gt;
     *   &lt;suppression&gt;
     *     &lt;id&gt;dead-units&lt;/id&gt;
     *     &lt;test&gt;FraudModelTest.*&lt;/test&gt;
     *     &lt;layer&gt;encoder_*&lt;/layer&gt;
     *     &lt;until&gt;2027-01-31&lt;/until&gt;
     *     &lt;reason&gt;is replaced with the new encoder&lt;/reason&gt;
     *   &lt;/suppression&gt;
     * &lt;/suppressions&gt;
     * </pre>
     */
    @Parameter
    private @Nullable List<Suppression> suppressions;

    /**
     * File with the findings that were there before, on which no build fails: <code>gradiometer-baseline.txt</code> in the project's
     * folder, if it is there. It is written by <code>mvn verify -Dgradiometer.baseline.update</code>.
     */
    @Parameter(property = "gradiometer.baseline")
    private @Nullable String baseline;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        try {
            GoalConfiguration told = told();
            Configuration configuration = told.build();
            if (configuration.flag(Setting.SKIP)) {
                getLog().info("Skipped, because gradiometer.skip is set.");
                leaveOut();
            } else {
                run(told, configuration);
            }
        } catch (ConfigurationException e) {
            throw new MojoExecutionException(e.getMessage());
        } catch (IOException | UncheckedIOException e) {
            throw new MojoExecutionException("Gradiometer could not read the runs or write their page: " + e, e);
        }
    }

    /** Returns the settings of this goal. */
    final Configuration settings() throws IOException {
        return told().build();
    }

    private GoalConfiguration told() throws IOException {
        GoalConfiguration told = new GoalConfiguration()
                .systemProperties(session.getSystemProperties())
                .systemProperties(session.getUserProperties())
                .pomProperties(project.getProperties())
                .file(Path.of(project.getBuild().getTestOutputDirectory()))
                .defaultOutput(project.getBuild().getDirectory() + "/gradiometer");
        addTo(told);
        return told.element(Setting.SKIP, skip)
                .element(Setting.OUTPUT, output)
                .element(Setting.FORMATS, formats)
                .element(Setting.IGNORE, ignore)
                .element(Setting.BASELINE, baseline)
                .rules(rules)
                .suppressions(suppressions);
    }

    /** Adds the parameters that only this goal has. */
    abstract void addTo(GoalConfiguration told);

    /** Does the goal's work. */
    abstract void run(GoalConfiguration told, Configuration configuration)
            throws IOException, MojoExecutionException, MojoFailureException;

    /** Does what must be done where the goal is skipped. */
    void leaveOut() {}

    final MavenSession session() {
        return session;
    }

    final MavenProject project() {
        return project;
    }

    final boolean hasNoCode() {
        return project.getPackaging().equals("pom");
    }

    /** Returns where runs and page go. */
    final Path folder(Configuration configuration) {
        return project.getBasedir().toPath().resolve(configuration.text(Setting.OUTPUT));
    }

    /** Returns what the log calls the file that it links to. */
    static String whatIsWritten(Configuration configuration) {
        return configuration.formats().contains(Format.HTML) ? "Page" : "Report";
    }

    /** Returns where the code of these modules lies. */
    final Sources sources(Collection<MavenProject> modules) {
        List<Path> roots = modules.stream()
                .flatMap(module -> Stream.of(module.getTestCompileSourceRoots(), module.getCompileSourceRoots()))
                .flatMap(List::stream)
                .map(Path::of)
                .toList();
        return Sources.of(session.getTopLevelProject().getBasedir().toPath(), roots);
    }

    final Path baselineFile(Configuration configuration) {
        return Baseline.file(configuration, project.getBasedir().toPath());
    }

    /** Returns the name under which runs of this build lie. */
    final String sessionName(Configuration configuration) {
        String named = configuration.text(Setting.SESSION);
        return named.isEmpty()
                ? BuildSession.name(
                        session.getStartTime().toInstant(),
                        ProcessHandle.current().pid())
                : named;
    }

    /** Returns a property as it counts: {@code -D} before the POM. */
    final @Nullable String property(String name) {
        return session.getUserProperties()
                .getProperty(name, project.getProperties().getProperty(name));
    }

    /** Returns why test plugins of this POM keep the agent out, one sentence each. */
    final List<String> blindness(String argLineProperty) {
        List<String> blindness = new ArrayList<>();
        if (session.getUserProperties().containsKey(argLineProperty)) {
            blindness.add(
                    "-D" + argLineProperty + " on the command line takes the place of the property that has the agent");
        }
        for (String name : List.of("surefire", "failsafe")) {
            Plugin plugin = project.getPlugin(MAVEN + name + "-plugin");
            if (plugin != null) {
                testPlugins("maven-" + name + "-plugin", plugin).stream()
                        .flatMap(tests -> tests.blindness(argLineProperty).stream())
                        .forEach(blindness::add);
            }
        }
        return blindness.stream().distinct().toList();
    }

    /** Maven has merged a plugin's configuration into its executions, unless there are none. */
    private List<TestPlugin> testPlugins(String name, Plugin plugin) {
        List<TestPlugin> tests = new ArrayList<>();
        tests.add(testPlugin(name, plugin.getConfiguration()));
        for (PluginExecution execution : plugin.getExecutions()) {
            tests.add(testPlugin(name, execution.getConfiguration()));
        }
        return tests;
    }

    private TestPlugin testPlugin(String name, @Nullable Object configuration) {
        String forkCount = PomElements.text(configuration, "forkCount");
        return new TestPlugin(
                name,
                PomElements.text(configuration, "argLine"),
                forkCount == null ? property("forkCount") : forkCount);
    }
}
