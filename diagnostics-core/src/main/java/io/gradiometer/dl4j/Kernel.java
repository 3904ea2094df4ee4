package io.gradiometer.dl4j;

/** Reads ranges of windows, and adds up what it reads. Keeps scratch arrays: one thread at a time. */
interface Kernel {

    void read(Window window, int start, int length);
}
