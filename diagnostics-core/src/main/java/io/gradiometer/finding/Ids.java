package io.gradiometer.finding;

import java.util.Locale;

/** The one spelling of enum constants in files and messages: lower case, hyphens. */
final class Ids {

    private Ids() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> E parse(Class<E> type, String id) {
        for (E constant : type.getEnumConstants()) {
            if (of(constant).equals(id)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(
                "'" + id + "' is no " + type.getSimpleName().toLowerCase(Locale.ROOT));
    }
}
