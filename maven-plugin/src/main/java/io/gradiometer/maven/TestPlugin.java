package io.gradiometer.maven;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one execution of Surefire or Failsafe starts its tests, as far as it decides whether an agent gets there.
 *
 * @param plugin its name
 * @param argLine what the POM says; null where it says nothing
 * @param forkCount likewise
 */
record TestPlugin(String plugin, @Nullable String argLine, @Nullable String forkCount) {

    /** Returns why its tests go unobserved, with the way out; nothing where the agent gets to them. */
    Optional<String> blindness(String property) {
        if (forkCount != null && forkCount.strip().matches("0(\\.0*)?C?|never")) {
            return Optional.of(plugin + " has <forkCount>" + forkCount.strip()
                    + "</forkCount> and so no JVM of its own to which the agent could be attached; it takes 1 or more");
        } else if (argLine != null
                && !argLine.contains("@{" + property + "}")
                && !argLine.contains("${" + property + "}")) {
            return Optional.of(plugin + " has an <argLine> that leaves the agent out; it takes the property in front:"
                    + " <argLine>@{" + property + "} " + argLine.strip().replaceAll("\\s+", " ") + "</argLine>");
        }
        return Optional.empty();
    }
}
