package io.gradiometer.maven;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.Setting;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Puts the agent into the JVMs in which Surefire and Failsafe run the tests, so that every network which any test trains is
 * diagnosed. No test and no program has to be changed.
 *
 * <p>The agent is appended to the property <code>argLine</code>, which Surefire and Failsafe read; what other plugins put there,
 * JaCoCo for one, stays. A POM that has an <code>&lt;argLine&gt;</code> of its own has to name the property in it:
 * <code>&lt;argLine&gt;@{argLine} -Xmx2g&lt;/argLine&gt;</code>.
 *
 * <pre>
 * &lt;plugin&gt;
 *   &lt;groupId&gt;io.gradiometer&lt;/groupId&gt;
 *   &lt;artifactId&gt;gradiometer-maven-plugin&lt;/artifactId&gt;
 *   &lt;executions&gt;
 *     &lt;execution&gt;
 *       &lt;goals&gt;
 *         &lt;goal&gt;prepare-agent&lt;/goal&gt;
 *         &lt;goal&gt;check&lt;/goal&gt;
 *       &lt;/goals&gt;
 *     &lt;/execution&gt;
 *   &lt;/executions&gt;
 * &lt;/plugin&gt;
 * </pre>
 *
 * <p>Settings that stand in the POM for <code>check</code> reach the tests' JVMs, too.
 */
@API(status = API.Status.EXPERIMENTAL)
@Mojo(name = "prepare-agent", defaultPhase = LifecyclePhase.INITIALIZE, threadSafe = true)
public final class PrepareAgentMojo extends ConfiguredGoal {

    private static final String ARG_LINE = "argLine";

    private static final String AGENT = "io.gradiometer:gradiometer-agent";

    // Maven sets both before it calls.
    @SuppressWarnings("NullAway.Init")
    @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
    private PluginDescriptor plugin;

    @SuppressWarnings("NullAway.Init")
    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    /** Name of the property that the agent is appended to. */
    @SuppressWarnings("NullAway.Init")
    @Parameter(defaultValue = ARG_LINE)
    private String propertyName;

    /**
     * Whether runs of earlier builds are kept: <code>true</code> or <code>false</code>, which is the default. Those of a build
     * that still goes on beside this one always stay.
     */
    @Parameter(property = "gradiometer.append")
    private @Nullable String append;

    /**
     * Whether every gradient and step is read in every iteration, whatever that costs: <code>true</code> or
     * <code>false</code>, which is the default.
     */
    @Parameter(property = "gradiometer.exact")
    private @Nullable String exact;

    /** For Maven. */
    public PrepareAgentMojo() {}

    @Override
    void addTo(GoalConfiguration told) {
        Plugin inPom = project().getPlugin(plugin.getPluginLookupKey());
        if (inPom != null) {
            PluginExecution mine = inPom.getExecutionsAsMap().get(execution.getExecutionId());
            Object own = mine == null ? inPom.getConfiguration() : mine.getConfiguration();
            for (PluginExecution other : inPom.getExecutions()) {
                if (other.getGoals().contains("check") && !other.getId().equals(execution.getExecutionId())) {
                    addTo(told, own, other.getConfiguration());
                }
            }
            PomElements.settings(own).forEach(told::element);
        }
        told.element(Setting.APPEND, append).element(Setting.EXACT, exact);
    }

    /** Maven has merged what stands above both executions into each of them: such lists are handed over once. */
    private static void addTo(GoalConfiguration told, @Nullable Object own, @Nullable Object check) {
        PomElements.settings(check).forEach(told::element);
        if (PomElements.rules(own).isEmpty()) {
            told.rules(PomElements.rules(check));
        }
        if (PomElements.suppressions(own).isEmpty()) {
            told.suppressions(PomElements.suppressions(check));
        }
    }

    @Override
    void run(GoalConfiguration told, Configuration configuration) throws IOException, MojoExecutionException {
        remember(NoRuns.Agent.PREPARED);
        if (hasNoCode()) {
            leavePropertyDefined();
            return;
        }
        Path output = folder(configuration);
        String session = sessionName(configuration);
        if (!configuration.flag(Setting.APPEND)) {
            clear(output, session);
        }
        Map<String, String> settings = new TreeMap<>(told.withoutFile());
        settings.put(Setting.OUTPUT.key(), ArgLine.portable(output.toAbsolutePath()));
        settings.put(Setting.SESSION.key(), session);
        Path baseline = baselineFile(configuration);
        if (configuration.states(Setting.BASELINE) || Files.exists(baseline)) {
            settings.put(Setting.BASELINE.key(), ArgLine.portable(baseline.toAbsolutePath()));
        }
        settings.putIfAbsent(Setting.MODULE.key(), project().getArtifactId());
        String argLine = ArgLine.with(project().getProperties().getProperty(propertyName), agentJar(), settings);
        project().getProperties().setProperty(propertyName, argLine);
        getLog().info(propertyName + " set to " + argLine);
        blindness(propertyName).forEach(getLog()::warn);
    }

    private void clear(Path output, String session) {
        try {
            int cleared = new OldSessions(output).clear(session);
            if (cleared > 0) {
                getLog().debug("cleared " + cleared + " sessions of earlier builds");
            }
        } catch (IOException e) {
            getLog().warn("Runs of earlier builds cannot be cleared from " + output + " (" + e
                    + "); they are not counted.");
        }
    }

    private Path agentJar() throws MojoExecutionException {
        Artifact agent = plugin.getArtifactMap().get(AGENT);
        File file = agent == null ? null : agent.getFile();
        Optional<String> trouble = AgentJar.trouble(file);
        if (trouble.isPresent()) {
            throw new MojoExecutionException(trouble.get());
        }
        return Objects.requireNonNull(file).toPath();
    }

    /** A fork does not start where a POM says {@code @{argLine}} and there is no such property. */
    private void leavePropertyDefined() {
        project().getProperties().putIfAbsent(propertyName, "");
    }

    @Override
    void leaveOut() {
        leavePropertyDefined();
        remember(NoRuns.Agent.SKIPPED);
    }

    // Maven's interface is older than generics.
    @SuppressWarnings("unchecked")
    private void remember(NoRuns.Agent agent) {
        getPluginContext().put(AGENT, agent);
        getPluginContext().put(ARG_LINE, propertyName);
    }

    /** Returns what this goal did earlier in the same project, by what Maven keeps for a plugin. */
    static NoRuns.Agent didTo(Map<?, ?> pluginContext) {
        return pluginContext.get(AGENT) instanceof NoRuns.Agent agent ? agent : NoRuns.Agent.NOT_ASKED_FOR;
    }

    /** Returns the property that it appended to, or would have. */
    static String propertyIn(Map<?, ?> pluginContext) {
        return pluginContext.get(ARG_LINE) instanceof String name ? name : ARG_LINE;
    }
}
