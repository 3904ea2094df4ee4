package io.gradiometer.maven;

import io.gradiometer.config.Configuration;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apiguardian.api.API;

/**
 * Writes the page of the training runs that this build's tests recorded, and judges nothing.
 *
 * <p>The goal <code>check</code> writes the same page; this one is for builds that want to see and not to fail.
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
public final class ReportMojo extends Goal {

    /** For Maven. */
    public ReportMojo() {}

    @Override
    void addTo(GoalConfiguration told) {}

    @Override
    void conclude(Configuration configuration, BuildRuns runs, String link) {
        getLog().info("Page of " + runs.runs().size() + " training run"
                + (runs.runs().size() == 1 ? "" : "s") + ": " + link);
    }

    @Override
    void concludeWithoutRuns(Configuration configuration, String explanation) {
        getLog().info(explanation);
    }
}
