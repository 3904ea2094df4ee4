package io.gradiometer.maven;

import java.io.File;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The agent among the plugin's dependencies; a JVM takes nothing but a jar for one. */
final class AgentJar {

    private AgentJar() {}

    /**
     * Returns why it cannot be handed to a JVM; nothing where it can.
     *
     * @param file as Maven has resolved it; null where it has not
     */
    static Optional<String> trouble(@Nullable File file) {
        if (file == null) {
            return Optional.of(
                    "io.gradiometer:gradiometer-agent is not among this plugin's dependencies; something must have"
                            + " excluded it.");
        } else if (!file.isFile()) {
            return Optional.of("The agent is not yet a jar but " + file
                    + ": in the build that makes it, prepare-agent needs 'mvn package' or a later phase.");
        }
        return Optional.empty();
    }
}
