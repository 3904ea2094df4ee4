package io.gradiometer.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.apiguardian.api.API;

/** Finds what a user may have meant. */
@API(status = API.Status.INTERNAL)
public final class Suggestion {

    private Suggestion() {}

    /** Returns {@code "; did you mean 'x'?"} for the nearest candidate, or nothing if none is near. */
    public static String of(String given, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> distance(given, candidate)))
                .filter(nearest -> isNear(given, nearest))
                .map(nearest -> "; did you mean '" + nearest + "'?")
                .orElse("");
    }

    private static boolean isNear(String given, String candidate) {
        return distance(given, candidate) <= Math.max(2, candidate.length() / 3)
                || (given.length() > 2 && candidate.startsWith(given));
    }

    /** Levenshtein's distance, upper and lower case alike. */
    static int distance(String a, String b) {
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int substitution = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
