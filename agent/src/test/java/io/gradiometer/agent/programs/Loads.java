package io.gradiometer.agent.programs;

/** Loads classes, and does nothing with them. */
public final class Loads {

    private Loads() {}

    public static void main(String[] classNames) throws ClassNotFoundException {
        for (String name : classNames) {
            System.out.println("loaded " + Class.forName(name).getName());
        }
    }
}
