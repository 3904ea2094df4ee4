package io.gradiometer.detector;

import io.gradiometer.signal.Validation;
import java.util.ArrayList;
import java.util.List;

/**
 * Validation scores that the user handed in. Whether a score is good when it is high or when it is low shows in where it went first,
 * while the network certainly learned.
 */
final class Validations {

    /** More add nothing to where it turned round. */
    private static final int MOST = 4096;

    private final List<Validation> scores = new ArrayList<>();

    void add(Validation score) {
        if (scores.size() < MOST && Double.isFinite(score.score())) {
            scores.add(score);
        }
    }

    int count() {
        return scores.size();
    }

    /** Tells whether more is better: the score's farther extreme from its beginning lies above it. */
    private boolean risesFirst() {
        double first = scores.get(0).score();
        double up = scores.stream().mapToDouble(Validation::score).max().orElse(first) - first;
        double down =
                first - scores.stream().mapToDouble(Validation::score).min().orElse(first);
        // A loss that overfits may end far above its beginning: what was reached earlier shows the direction.
        int highest = 0;
        int lowest = 0;
        for (int i = 1; i < scores.size(); i++) {
            highest = scores.get(i).score() > scores.get(highest).score() ? i : highest;
            lowest = scores.get(i).score() < scores.get(lowest).score() ? i : lowest;
        }
        return down == 0 || (up > 0 && highest < lowest);
    }

    private Validation bestScore() {
        boolean more = risesFirst();
        Validation best = scores.get(0);
        for (Validation score : scores) {
            boolean better = more ? score.score() > best.score() : score.score() < best.score();
            best = better ? score : best;
        }
        return best;
    }

    int bestIteration() {
        return bestScore().iteration();
    }

    double best() {
        return bestScore().score();
    }

    double last() {
        return scores.get(scores.size() - 1).score();
    }

    /** Returns which share of the gain since the first score is lost again at the end; 0 where nothing was gained. */
    double lostShare() {
        double gained = Math.abs(best() - scores.get(0).score());
        return gained == 0 ? 0 : Math.abs(best() - last()) / gained;
    }
}
