package io.gradiometer.finding;

import java.util.List;
import java.util.function.Function;
import org.apiguardian.api.API;

/** What one detector concluded about one run. Silence is not health: too little seen is {@link Inconclusive}. */
@API(status = API.Status.EXPERIMENTAL)
public sealed interface Verdict {

    /**
     * Looked, and found nothing.
     *
     * @param stepsSeen how often
     */
    record Clear(long stepsSeen) implements Verdict {}

    /**
     * Found something.
     *
     * @param findings at least one
     */
    record Found(List<Finding> findings) implements Verdict {
        public Found {
            if (findings.isEmpty()) {
                throw new IllegalArgumentException("nothing was found: that is Clear");
            }
            findings = List.copyOf(findings);
        }

        public static Found one(Finding finding) {
            return new Found(List.of(finding));
        }
    }

    /**
     * Could not tell.
     *
     * @param missing what would be needed
     */
    record Inconclusive(String missing) implements Verdict {
        public Inconclusive {
            Require.text(missing, "what is missing");
        }
    }

    /**
     * Has nothing to say on such a network.
     *
     * @param why it has not
     */
    record NotApplicable(String why) implements Verdict {
        public NotApplicable {
            Require.text(why, "the reason");
        }
    }

    /** Handles every case, so that a new one does not compile where it is not handled. */
    default <T> T fold(
            Function<Clear, T> clear,
            Function<Found, T> found,
            Function<Inconclusive, T> inconclusive,
            Function<NotApplicable, T> notApplicable) {
        if (this instanceof Clear c) {
            return clear.apply(c);
        } else if (this instanceof Found f) {
            return found.apply(f);
        } else if (this instanceof Inconclusive i) {
            return inconclusive.apply(i);
        }
        return notApplicable.apply((NotApplicable) this);
    }
}
