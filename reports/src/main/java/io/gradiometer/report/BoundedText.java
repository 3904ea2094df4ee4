package io.gradiometer.report;

import java.nio.charset.StandardCharsets;

/** A text of so many bytes at most, made of pieces that are there as a whole or not at all. */
final class BoundedText {

    private final StringBuilder text = new StringBuilder();
    private final int most;
    private int bytes;
    private int left;

    BoundedText(int most) {
        this.most = most;
    }

    /** Adds a piece; once one has no room, none behind it has. */
    void add(String piece) {
        int size = piece.getBytes(StandardCharsets.UTF_8).length;
        if (left > 0 || bytes + size > most) {
            left++;
        } else {
            text.append(piece);
            bytes += size;
        }
    }

    /** Returns how many pieces had no room. */
    int left() {
        return left;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
