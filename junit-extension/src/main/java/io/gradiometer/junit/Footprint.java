package io.gradiometer.junit;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the values that can be reached from an object: fields, elements of arrays and of the JDK's collections.
 *
 * <p>An estimate by counting, since the JDK lets nobody look into its own classes; those that are no collections count as one.
 */
final class Footprint {

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> open = new ArrayDeque<>();
    private long values;

    private Footprint() {}

    static long of(Object root) {
        Footprint footprint = new Footprint();
        footprint.reach(root);
        while (!footprint.open.isEmpty()) {
            footprint.count(footprint.open.remove());
        }
        return footprint.values;
    }

    private void reach(@Nullable Object value) {
        values++;
        if (value != null && seen.add(value)) {
            open.add(value);
        }
    }

    private void count(Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, mapped) -> {
                reach(key);
                reach(mapped);
            });
        } else if (value instanceof Collection<?> elements) {
            elements.forEach(this::reach);
        } else if (value instanceof CharSequence text) {
            values += text.length();
        } else if (value instanceof BitSet bits) {
            values += bits.size() / Long.SIZE;
        } else if (value.getClass().isArray()) {
            countArray(value);
        } else if (value.getClass().getClassLoader() != null) {
            countFields(value);
        }
    }

    private void countArray(Object array) {
        if (array instanceof Object[] elements) {
            for (Object element : elements) {
                reach(element);
            }
        } else {
            values += Array.getLength(array);
        }
    }

    private void countFields(Object value) {
        for (Class<?> type = value.getClass();
                type != null && type.getClassLoader() != null;
                type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    reach(read(field, value));
                }
            }
        }
    }

    private static @Nullable Object read(Field field, Object owner) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a field that was made accessible is not", e);
        }
    }
}
