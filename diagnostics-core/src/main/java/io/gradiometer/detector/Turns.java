package io.gradiometer.detector;

import java.util.List;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/** How restless the means of passes over the data are. */
final class Turns {

    private Turns() {}

    /** Returns the share of inner passes whose loss is above or below both of its neighbours. */
    static double share(List<Passes.Pass> passes) {
        int turns = 0;
        for (int i = 1; i + 1 < passes.size(); i++) {
            double before = passes.get(i).mean() - passes.get(i - 1).mean();
            double after = passes.get(i + 1).mean() - passes.get(i).mean();
            turns += before * after < 0 ? 1 : 0;
        }
        return passes.size() < 3 ? Double.NaN : (double) turns / (passes.size() - 2);
    }

    /** Returns how far the loss goes from one pass to the next, over its level, at the median. */
    static double medianJump(List<Passes.Pass> passes) {
        double[] jumps = new double[Math.max(0, passes.size() - 1)];
        double[] levels =
                passes.stream().mapToDouble(pass -> Math.abs(pass.mean())).toArray();
        for (int i = 0; i < jumps.length; i++) {
            jumps[i] = Math.abs(passes.get(i + 1).mean() - passes.get(i).mean());
        }
        return jumps.length == 0
                ? Double.NaN
                : new Median().evaluate(jumps) / Math.max(Double.MIN_NORMAL, new Median().evaluate(levels));
    }
}
