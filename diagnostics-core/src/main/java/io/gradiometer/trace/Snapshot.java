package io.gradiometer.trace;

import io.gradiometer.signal.Prospect;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * A memory as it was at one moment.
 *
 * @param events steps, readings and validations that are in it
 * @param prospect what was told before the run
 * @param content writes it, record by record; on any thread, while the run goes on
 */
record Snapshot(long events, Prospect prospect, Content content) {

    /** What writes its records. */
    interface Content {
        void writeTo(Records records) throws IOException;
    }

    /** Where records go. */
    interface Records {
        void record(int type, Consumer<Bytes> content) throws IOException;
    }
}
