package io.gradiometer.trace;

/** One thing that a recorder keeps, encoded; several of its lists may share it. */
final class Kept {

    /** Of the objects around the bytes, and of its place in a list. */
    private static final int OVERHEAD = 64;

    private final long index;
    private final byte[] content;

    /**
     * Keeps encoded bytes.
     *
     * @param index counts what the recorder was given of that kind
     * @param content not to be changed any more
     */
    Kept(long index, byte[] content) {
        this.index = index;
        this.content = content;
    }

    long index() {
        return index;
    }

    byte[] content() {
        return content;
    }

    int cost() {
        return content.length + OVERHEAD;
    }
}
