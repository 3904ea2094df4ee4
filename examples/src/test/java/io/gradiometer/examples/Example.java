package io.gradiometer.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A faulty program beside its healthy twin, in which nothing but the fault is mended.
 *
 * @param id tells kind of network and fault
 * @param fault what is wrong, in a sentence
 * @param expected what must be found at warning or error; of each set one
 * @param noted what must be found, be it only as a note; neither right nor wrong at warning or error
 * @param arguable what may be found as well: neither right nor wrong
 */
record Example(
        String id,
        String fault,
        List<Set<String>> expected,
        Set<String> noted,
        Set<String> arguable,
        Program faulty,
        Program twin) {

    /** Starts a pair from its healthy half. */
    static Builder of(String id, Program twin) {
        return new Builder(id, twin);
    }

    /** Tells whether the fault must be told by a warning or an error. */
    boolean isGrave() {
        return !expected.isEmpty();
    }

    /** Tells whether the finding is one that belongs to the fault. */
    boolean allows(String findingId) {
        return noted.contains(findingId)
                || arguable.contains(findingId)
                || expected.stream().anyMatch(any -> any.contains(findingId));
    }

    /** Gathers a pair. */
    static final class Builder {
        private final String id;
        private final Program twin;
        private final List<Set<String>> expected = new ArrayList<>();
        private Set<String> noted = Set.of();
        private Set<String> arguable = Set.of();

        private Builder(String id, Program twin) {
            this.id = id;
            this.twin = twin;
        }

        /** Names findings of which one must be there. */
        Builder finds(String... anyOf) {
            expected.add(Set.of(anyOf));
            return this;
        }

        /** Names findings that must be there, be it only as notes, and not in the twin. */
        Builder notes(String... ids) {
            noted = Set.of(ids);
            return this;
        }

        /** Names findings that may be there. */
        Builder mayFind(String... ids) {
            arguable = Set.of(ids);
            return this;
        }

        /** Adds the faulty half. */
        Example faulty(String fault, Program program) {
            return new Example(id, fault, List.copyOf(expected), noted, arguable, program, twin);
        }
    }
}
