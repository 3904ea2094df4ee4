package io.gradiometer.finding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.apiguardian.api.API;

/**
 * What is one trouble to a reader: the gravest symptom, and what comes of the same cause or is that cause.
 *
 * @param head told in full
 * @param others told in a line each
 */
@API(status = API.Status.EXPERIMENTAL)
public record Disease(Finding head, List<Finding> others) {

    public Disease {
        others = List.copyOf(others);
    }

    /** Joins findings of one network into diseases, in the order in which their heads stand. */
    public static List<Disease> of(Collection<Finding> findings) {
        List<Disease> diseases = new ArrayList<>();
        for (Finding finding : findings) {
            int belongsTo = 0;
            while (belongsTo < diseases.size() && !diseases.get(belongsTo).takes(finding)) {
                belongsTo++;
            }
            if (belongsTo == diseases.size()) {
                diseases.add(new Disease(finding, List.of()));
            } else {
                diseases.set(belongsTo, diseases.get(belongsTo).and(finding));
            }
        }
        return List.copyOf(diseases);
    }

    /** Returns the number of findings. */
    public int size() {
        return 1 + others.size();
    }

    private boolean takes(Finding finding) {
        return finding.kind() == Finding.Kind.CAUSE
                ? head.because().contains(finding.id())
                        || others.stream().anyMatch(o -> o.because().contains(finding.id()))
                : !Collections.disjoint(head.because(), finding.because());
    }

    private Disease and(Finding finding) {
        List<Finding> more = new ArrayList<>(others);
        more.add(finding);
        return new Disease(head, more);
    }
}
