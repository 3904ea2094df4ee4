package io.gradiometer.detector;

import io.gradiometer.signal.ActivationStats;
import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/** What one layer gave of late: its last few readings. */
final class ActivityTrack {

    /** Readings that "of late" means: a few hundred rows, and few enough to be the end of any run. */
    private static final int READINGS = 8;

    final int index;
    final LayerView view;
    private final Deque<ActivationStats> recent = new ArrayDeque<>();
    private final Deque<Answers> answers = new ArrayDeque<>();

    /** Rows that answers of late should rest on, in however many readings. */
    private static final int ROWS = 128;

    /** Rows from which on a single reading shows whether all its answers are one. */
    private static final int ROWS_TO_COMPARE = 8;

    private record Answers(long rows, List<Double> shares) {}

    private final Blocks signals = new Blocks();
    private int readings;
    private int flatSince = -1;
    private int lastIteration;

    /** Steps that the beginning has: later, the signals of a batch cancel near an output that has settled on a constant. */
    private static final int BEGINNING = 16;

    /** Below this the layer counts as not flat any more. */
    private static final double FLAT = 0.75;

    ActivityTrack(int index, LayerView view) {
        this.index = index;
        this.view = view;
    }

    void step(Step step) {
        if (signals.finiteBlocks() < BEGINNING) {
            signals.add(step.iteration(), Math.log10(step.layers().get(index).signal()));
        }
        ActivationStats outputs = step.layers().get(index).outputs();
        if (outputs.isRead()) {
            readings++;
            lastIteration = step.iteration();
            push(recent, outputs);
            if (!(outputs.flat() >= FLAT)) {
                flatSince = -1;
            } else if (flatSince < 0) {
                flatSince = step.iteration();
            }
        }
        List<Double> predicted = step.layers().get(index).predicted();
        if (!predicted.isEmpty()) {
            answers.addLast(new Answers(Math.max(1, outputs.rows()), predicted));
            while (answers.size() > READINGS
                    && answeredRows() - answers.getFirst().rows() >= ROWS) {
                answers.removeFirst();
            }
        }
    }

    private static <T> void push(Deque<T> values, T value) {
        values.addLast(value);
        if (values.size() > READINGS) {
            values.removeFirst();
        }
    }

    String name() {
        return view.name();
    }

    /** Returns log10 of the back-propagated signal at the beginning, at the median; NaN where it was not measured. */
    double firstSignal() {
        double[] means = signals.means();
        return means.length == 0 ? Double.NaN : new Median().evaluate(means);
    }

    int readings() {
        return readings;
    }

    int lastIteration() {
        return lastIteration;
    }

    /** Returns the iteration since which three quarters of the values have been flat; -1 if they are not. */
    int flatSince() {
        return flatSince;
    }

    /** Returns the share of values in the flat part of the activation, of late; NaN where the activation has none. */
    double flat() {
        return mean(recent.stream().mapToDouble(ActivationStats::flat).toArray());
    }

    /** Returns the share of units that no recent row made active; NaN where that means nothing or nothing was read. */
    double silentShare() {
        ActivationStats last = recent.peekLast();
        return last == null || last.silent() < 0 || last.units() == 0
                ? Double.NaN
                : (double) last.silent() / last.units();
    }

    /** Returns how many rows that rests on. */
    long silentRows() {
        ActivationStats last = recent.peekLast();
        return last == null ? 0 : last.silentRows();
    }

    /** Returns the share of dead units: all of them where the last readings hold nothing but flat values. */
    double deadShare() {
        return flat() == 1 ? 1 : silentShare();
    }

    /** Returns how many rows that rests on. */
    long deadRows() {
        return flat() == 1 ? recentRows() : silentRows();
    }

    /** Returns how many rows the readings of late hold. */
    long recentRows() {
        return recent.stream().mapToLong(ActivationStats::rows).sum();
    }

    int units() {
        ActivationStats last = recent.peekLast();
        return last == null ? 0 : last.units();
    }

    /** Returns how much the outputs differ from row to row, of late. */
    double spread() {
        return mean(recent.stream().mapToDouble(ActivationStats::spread).toArray());
    }

    /** Returns the share of each class among the answers of late; empty where the layer chooses no class. */
    List<Double> answers() {
        List<Double> shares = new ArrayList<>();
        double all = answeredRows();
        for (Answers reading : answers) {
            for (int k = 0; k < reading.shares().size(); k++) {
                if (shares.size() <= k) {
                    shares.add(0.0);
                }
                shares.set(k, shares.get(k) + reading.shares().get(k) * reading.rows() / all);
            }
        }
        return shares;
    }

    /**
     * Returns how much of each batch went to the class that it was answered with most, of late; of batches too small to tell, how
     * much of all their answers. NaN where no class is chosen.
     */
    double oneSided() {
        double[] each = answers.stream()
                .filter(reading -> reading.rows() >= ROWS_TO_COMPARE)
                .mapToDouble(reading -> most(reading.shares()))
                .toArray();
        return each.length > 0 ? mean(each) : most(answers());
    }

    private static double most(List<Double> shares) {
        return shares.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    long answeredRows() {
        return answers.stream().mapToLong(Answers::rows).sum();
    }

    private static double mean(double[] values) {
        double sum = 0;
        int n = 0;
        for (double value : values) {
            if (Double.isFinite(value)) {
                sum += value;
                n++;
            }
        }
        return n == 0 ? Double.NaN : sum / n;
    }

    String activation() {
        String activation = view.activation();
        return activation == null ? "identity" : activation.toLowerCase(Locale.ROOT);
    }

    /** Tells whether the activation gives exactly 0, with a gradient of 0, for half of its inputs. */
    boolean rectifies() {
        return activation().equals("relu")
                || activation().equals("relu6")
                || activation().equals("thresholdedrelu");
    }

    /** Tells whether the activation levels off at both ends. */
    boolean squashes() {
        return Activations.SQUASHING.contains(activation());
    }
}
