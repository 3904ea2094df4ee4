package io.gradiometer.report;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/** Files kept in memory, by name. */
@API(status = API.Status.EXPERIMENTAL)
public final class MemoryOutput implements ReportOutput {

    private final Map<String, String> files = new TreeMap<>();

    @Override
    public void write(String name, String content) {
        files.put(name, content);
    }

    /** Returns what was written so far, sorted by name. */
    public Map<String, String> files() {
        return Collections.unmodifiableMap(files);
    }
}
