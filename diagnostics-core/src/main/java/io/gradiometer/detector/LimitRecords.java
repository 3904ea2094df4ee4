package io.gradiometer.detector;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lets users set a detector's limits by name: the keys are the components of its limits record. */
final class LimitRecords {

    private LimitRecords() {}

    static List<String> keys(Class<? extends Record> type) {
        return Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    /** Returns the record with the given components replaced; keys that it does not have are passed over. */
    static <L extends Record> L override(L defaults, Map<String, Double> changes) {
        if (changes.isEmpty()) {
            return defaults;
        }
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                Double change = changes.get(components[i].getName());
                values[i] = change == null ? components[i].getAccessor().invoke(defaults) : of(types[i], change);
            }
            @SuppressWarnings("unchecked") // the class of an L makes an L
            L changed = (L) defaults.getClass().getDeclaredConstructor(types).newInstance(values);
            return changed;
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("limits of a built-in detector are not readable", e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    String.valueOf(e.getTargetException().getMessage()), e);
        }
    }

    private static Object of(Class<?> type, double value) {
        if (type == int.class) {
            return (int) value;
        }
        return value;
    }
}
