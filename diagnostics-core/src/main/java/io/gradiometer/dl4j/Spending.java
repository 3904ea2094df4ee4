package io.gradiometer.dl4j;

import java.util.function.Consumer;

/** Keeps account of a budget of trainings and tells of it. */
final class Spending {

    private final double budget;
    private final Consumer<RemedyTrial.Progress> listener;
    private double expected;
    private double spent;

    Spending(double budget, Consumer<RemedyTrial.Progress> listener) {
        this.budget = budget;
        this.listener = listener;
    }

    double budget() {
        return budget;
    }

    double spent() {
        return spent;
    }

    double left() {
        return budget - spent;
    }

    void expect(double trainings) {
        expected = trainings;
    }

    void begin(String what) {
        listener.accept(new RemedyTrial.Progress(spent, expected, what));
    }

    void add(double trainings) {
        spent += trainings;
    }
}
