package io.gradiometer.config;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/** Tells everything that is wrong with the settings, all at once: value, where it came from, what is accepted. */
@API(status = API.Status.EXPERIMENTAL)
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ArrayList<String> mistakes;

    public ConfigurationException(List<String> mistakes) {
        super(
                mistakes.size() == 1
                        ? "Gradiometer's configuration has a mistake: " + mistakes.get(0)
                        : "Gradiometer's configuration has " + mistakes.size() + " mistakes:\n  - "
                                + String.join("\n  - ", mistakes));
        this.mistakes = new ArrayList<>(mistakes);
    }

    /** Returns each mistake, so that whoever finds more can tell them all at once. */
    public List<String> mistakes() {
        return List.copyOf(mistakes);
    }
}
