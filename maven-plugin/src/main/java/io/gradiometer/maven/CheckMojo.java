package io.gradiometer.maven;

import io.gradiometer.config.Baseline;
import io.gradiometer.config.Configuration;
import io.gradiometer.config.Judge;
import io.gradiometer.config.Setting;
import io.gradiometer.finding.Diagnosis;
import io.gradiometer.trace.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Writes the page of the training runs that this build's tests recorded, then fails the build if one of them breaks a
 * rule.
 *
 * <p>Each finding that breaks a rule is a warning in the log with its layer, the observed value, the limit and the first
 * thing to try. The last line has the counts and a link to the page, which is written whether or not the build fails.
 *
 * <p>In a lifecycle the runs of that build count; where the goal is called alone and finds none of its own, all that lie there.
 * <code>prepare-agent</code> beside it has every network observed that any test trains.
 *
 * <pre>
 * &lt;plugin&gt;
 *   &lt;groupId&gt;io.gradiometer&lt;/groupId&gt;
 *   &lt;artifactId&gt;gradiometer-maven-plugin&lt;/artifactId&gt;
 *   &lt;executions&gt;
 *     &lt;execution&gt;
 *       &lt;goals&gt;
 *         &lt;goal&gt;check&lt;/goal&gt;
 *       &lt;/goals&gt;
 *       &lt;configuration&gt;
 *         &lt;failOn&gt;error&lt;/failOn&gt;
 *         &lt;rules&gt;
 *           &lt;rule&gt;
 *             &lt;id&gt;vanishing-gradient&lt;/id&gt;
 *             &lt;severity&gt;warning&lt;/severity&gt;
 *           &lt;/rule&gt;
 *           &lt;rule&gt;
 *             &lt;test&gt;*LegacyModel*&lt;/test&gt;
 *             &lt;severity&gt;never&lt;/severity&gt;
 *           &lt;/rule&gt;
 *         &lt;/rules&gt;
 *         &lt;failIfNoData&gt;true&lt;/failIfNoData&gt;
 *       &lt;/configuration&gt;
 *     &lt;/execution&gt;
 *   &lt;/executions&gt;
 * &lt;/plugin&gt;
 * </pre>
 *
 * <p>Every setting can stand in four places. A system property (<code>-Dgradiometer.failOn=warning</code>) beats the POM,
 * the POM beats <code>gradiometer.properties</code> in the test resources, and that beats the default.
 */
@API(status = API.Status.EXPERIMENTAL)
@Mojo(name = "check", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class CheckMojo extends Goal {

    /**
     * From which severity on a finding fails the build: <code>error</code>, which is the default, <code>warning</code>,
     * <code>info</code> or <code>never</code>.
     */
    @Parameter(property = "gradiometer.failOn")
    private @Nullable String failOn;

    /**
     * Whether a run fails the build that could not be judged, because it was too short or its record is damaged:
     * <code>true</code> or <code>false</code>, which is the default.
     */
    @Parameter(property = "gradiometer.failIfInconclusive")
    private @Nullable String failIfInconclusive;

    /**
     * Whether the build fails if no training run was recorded: <code>true</code> or <code>false</code>, which is the
     * default. Modules of packaging <code>pom</code> are passed over.
     */
    @Parameter(property = "gradiometer.failIfNoData")
    private @Nullable String failIfNoData;

    /**
     * Whether a broken rule stops the build: <code>true</code>, which is the default, or <code>false</code> to be warned
     * only.
     */
    @Parameter(property = "gradiometer.haltOnFailure")
    private @Nullable String haltOnFailure;

    /**
     * Whether the findings that would break a rule are written into the baseline, after which they do not count any more:
     * <code>-Dgradiometer.baseline.update</code>. What is gone from tests that ran is dropped, what tests that did not run are known
     * for is kept.
     */
    @Parameter(property = "gradiometer.baseline.update")
    private @Nullable String baselineUpdate;

    /** For Maven. */
    public CheckMojo() {}

    @Override
    void addTo(GoalConfiguration told) {
        told.element(Setting.FAIL_ON, failOn)
                .element(Setting.FAIL_IF_INCONCLUSIVE, failIfInconclusive)
                .element(Setting.FAIL_IF_NO_DATA, failIfNoData)
                .element(Setting.HALT_ON_FAILURE, haltOnFailure)
                .element(Setting.BASELINE_UPDATE, baselineUpdate);
    }

    @Override
    Baseline baseline(Configuration configuration, BuildRuns runs, Baseline known) throws IOException {
        if (!configuration.flag(Setting.BASELINE_UPDATE)) {
            int gone = known.resolvedBy(runs.diagnoses()).size();
            if (gone > 0) {
                getLog().info("Findings of the baseline that are gone: " + gone + " of " + known.size() + "; -D"
                        + Setting.BASELINE_UPDATE.key() + " drops them.");
            }
            return known;
        }
        Judge unknowing = new Judge(configuration, List.of());
        List<Diagnosis> offending = runs.diagnoses().stream()
                .map(unknowing::remark)
                .map(diagnosis -> diagnosis.withFindings(unknowing.offending(diagnosis)))
                .toList();
        Baseline updated = known.updatedBy(offending);
        Path file = baselineFile(configuration);
        TextFile.write(file, updated.text());
        getLog().info("Baseline written to " + file + "; findings in it: " + updated.size() + ", before: "
                + known.size() + ".");
        return updated;
    }

    @Override
    void conclude(Configuration configuration, BuildRuns runs, String link) throws MojoFailureException {
        Gate.Result result = new Gate(configuration).judge(runs.runs());
        result.warnings().forEach(getLog()::warn);
        new Judge(configuration, List.of()).idle(runs.diagnoses()).forEach(getLog()::warn);
        String lastLine = result.counts() + ". " + whatIsWritten(configuration) + ": " + link;
        if (result.broken()) {
            fail(configuration, lastLine);
        } else {
            getLog().info(lastLine);
        }
    }

    @Override
    void concludeWithoutRuns(Configuration configuration, String explanation) throws MojoFailureException {
        if (configuration.flag(Setting.FAIL_IF_NO_DATA)) {
            fail(configuration, explanation);
        } else {
            getLog().info(explanation);
        }
    }

    private void fail(Configuration configuration, String message) throws MojoFailureException {
        if (configuration.flag(Setting.HALT_ON_FAILURE)) {
            throw new MojoFailureException(message);
        }
        getLog().warn(message);
    }
}
