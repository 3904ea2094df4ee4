package io.gradiometer.agent.programs;

/** Trains nothing. */
public final class Hello {

    private Hello() {}

    public static void main(String[] args) {
        System.out.println("hello");
    }
}
