package io.gradiometer.agent;

import io.gradiometer.config.Configuration;
import io.gradiometer.config.Setting;
import io.gradiometer.trace.RunStore;
import java.io.IOException;
import java.nio.file.Path;

/** Why an agent stands aside: told to the user at once, and left to the build for when it wonders why there are no runs. */
final class LastWords {

    private LastWords() {}

    static void say(String line, Configuration configuration, Console console) {
        console.say(line);
        String output = configuration.text(Setting.OUTPUT);
        try {
            new RunStore(Path.of(output), configuration.text(Setting.SESSION)).remark(line);
        } catch (IOException | RuntimeException | LinkageError e) {
            // Among them: a core on the class path that is older than remarks.
            console.say("this cannot be left in " + output + " for the build (" + e + ")");
        }
    }
}
