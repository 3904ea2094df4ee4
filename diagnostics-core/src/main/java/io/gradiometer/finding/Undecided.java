package io.gradiometer.finding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * A detector that could not decide.
 *
 * @param id of the detector
 * @param missing what it would have needed
 */
@API(status = API.Status.EXPERIMENTAL)
public record Undecided(String id, String missing) {

    public Undecided {
        Require.text(id, "the detector's id");
        Require.text(missing, "what is missing");
    }

    /** Returns ids by what they lack, in the order in which it comes up: a short run leaves a dozen wanting the same. */
    public static Map<String, List<String>> byMissing(Collection<Undecided> undecided) {
        Map<String, List<String>> ids = new LinkedHashMap<>();
        for (Undecided one : undecided) {
            ids.computeIfAbsent(one.missing, missing -> new ArrayList<>()).add(one.id);
        }
        return ids;
    }
}
