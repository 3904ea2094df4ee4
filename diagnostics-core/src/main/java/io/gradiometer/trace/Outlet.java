package io.gradiometer.trace;

/**
 * What a recorder has for its writer: bounded, so that a slow disk costs neither memory nor time.
 *
 * <p>While the writer is behind nothing is handed over: it will write all that the recorder keeps instead. Guarded by the
 * recorder's monitor.
 */
final class Outlet {

    private static final int MOST_BYTES = 1 << 20;
    private static final int MANY_BYTES = 256 << 10;

    private final Runnable hurry;
    private Bytes waiting = new Bytes(4 << 10);

    /** So at first: the writer begins with what is kept already. */
    private boolean behind = true;

    /**
     * Makes an outlet without anything in it.
     *
     * @param hurry called when there is much to fetch
     */
    Outlet(Runnable hurry) {
        this.hurry = hurry;
    }

    boolean takes() {
        return !behind;
    }

    void hand(int type, Bytes content) {
        int before = waiting.size();
        waiting.record(type, content.array(), content.size());
        if (waiting.size() > MOST_BYTES) {
            fallBehind();
        } else if (before <= MANY_BYTES && waiting.size() > MANY_BYTES) {
            hurry.run();
        }
    }

    /** Lets go what is waiting: the writer is to begin anew with what is kept. */
    void fallBehind() {
        behind = true;
        waiting.clear();
    }

    /** The writer has all that is kept: what is handed over from now on comes after. */
    void catchUp() {
        behind = false;
        waiting.clear();
    }

    /** Returns what is waiting, and goes on with another, empty array. */
    Bytes exchange(Bytes empty) {
        Bytes full = waiting;
        empty.clear();
        waiting = empty;
        return full;
    }
}
