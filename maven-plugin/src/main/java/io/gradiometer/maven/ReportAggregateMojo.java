package io.gradiometer.maven;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.Setting;
import io.gradiometer.report.Report;
import io.gradiometer.report.ReportFormats;
import io.gradiometer.trace.RecordedRun;
import io.gradiometer.trace.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Writes one page of the training runs of several modules: those that the module with this goal depends on, and its own.
 *
 * <p>Made for a module that only collects. Maven builds it after the modules in its <code>&lt;dependencies&gt;</code>, of whatever
 * scope and type, so that their runs are there, with <code>-T</code> as well. Judged are runs by the goal <code>check</code> in their own
 * modules; this one shows them as they were judged.
 *
 * <pre>
 * &lt;execution&gt;
 *   &lt;goals&gt;
 *     &lt;goal&gt;report-aggregate&lt;/goal&gt;
 *   &lt;/goals&gt;
 * &lt;/execution&gt;
 * </pre>
 *
 * <p>The page is <code>target/gradiometer-aggregate/index.html</code>, with all that it links to below the same folder.
 */
@API(status = API.Status.EXPERIMENTAL)
@Mojo(name = "report-aggregate", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class ReportAggregateMojo extends ConfiguredGoal {

    // Maven sets it before it calls.
    @SuppressWarnings("NullAway.Init")
    @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
    private PluginDescriptor plugin;

    /** For Maven. */
    public ReportAggregateMojo() {}

    @Override
    void addTo(GoalConfiguration told) {}

    @Override
    void run(GoalConfiguration told, Configuration configuration) throws IOException {
        List<RecordedRun> runs = new ArrayList<>(runsBelow(folder(configuration)));
        List<MavenProject> modules = modules();
        for (MavenProject module : modules) {
            runs.addAll(runsBelow(output(module)));
        }
        if (runs.isEmpty()) {
            getLog().info("No training run was recorded in the " + modules.size()
                    + " modules that this one depends on: " + names(modules));
            return;
        }
        Path folder = Path.of(project().getBuild().getDirectory(), "gradiometer-aggregate");
        List<MavenProject> all = new ArrayList<>(modules);
        all.add(project());
        Report report = Report.gathered(project().getName(), runs).with(sources(all));
        getLog().info(whatIsWritten(configuration) + " of " + runs.size() + " training runs of " + modules.size()
                + " modules: "
                + ReportFormats.write(configuration.formats(), report, folder).toUri());
    }

    private static List<RecordedRun> runsBelow(Path output) {
        return Reruns.of(RunStore.readAll(output)).counted();
    }

    private static String names(List<MavenProject> modules) {
        return String.join(
                ", ", modules.stream().map(MavenProject::getArtifactId).toList());
    }

    private List<MavenProject> modules() {
        return session().getProjects().stream()
                .filter(module -> project().getDependencies().stream().anyMatch(d -> isOf(d, module)))
                .toList();
    }

    private static boolean isOf(Dependency dependency, MavenProject module) {
        return dependency.getGroupId().equals(module.getGroupId())
                && dependency.getArtifactId().equals(module.getArtifactId());
    }

    /** Returns where the tests of another module write, as far as its POM says. */
    private Path output(MavenProject module) {
        Plugin inPom = module.getPlugin(plugin.getPluginLookupKey());
        String element = inPom == null ? null : PomElements.text(inPom.getConfiguration(), "output");
        String text = firstOf(
                session().getUserProperties().getProperty(Setting.OUTPUT.key()),
                element,
                module.getProperties().getProperty(Setting.OUTPUT.key()));
        return module.getBasedir()
                .toPath()
                .resolve(text == null ? module.getBuild().getDirectory() + "/gradiometer" : text);
    }

    private static @Nullable String firstOf(@Nullable String... texts) {
        for (String text : texts) {
            if (text != null) {
                return text;
            }
        }
        return null;
    }
}
