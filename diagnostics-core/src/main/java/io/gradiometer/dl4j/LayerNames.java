package io.gradiometer.dl4j;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Names layers after their variables: {@code encoder/W} and {@code encoder/b} are the layer {@code encoder}; where variables have
 * nothing in common, or two layers the same, a layer is called by its first variable.
 */
record LayerNames(List<List<String>> variables) {

    private static final String SEPARATORS = "/_.-: ";

    List<String> names() {
        List<String> common = variables.stream().map(LayerNames::common).toList();
        Set<String> once = new HashSet<>();
        Set<String> twice = new HashSet<>();
        for (String name : common) {
            if (!once.add(name)) {
                twice.add(name);
            }
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < common.size(); i++) {
            String name = common.get(i);
            boolean bad = name.isEmpty() || twice.contains(name);
            names.add(bad ? variables.get(i).get(0) : name);
        }
        return names;
    }

    private static String common(List<String> names) {
        String first = names.get(0);
        if (names.size() == 1) {
            return first;
        }
        int length = first.length();
        for (String name : names) {
            int same = 0;
            while (same < Math.min(length, name.length()) && name.charAt(same) == first.charAt(same)) {
                same++;
            }
            length = same;
        }
        // Only whole words: what "weights" and "width" share is no name.
        int end = length;
        while (end > 0 && !endsWord(names, end)) {
            end--;
        }
        while (end > 0 && SEPARATORS.indexOf(first.charAt(end - 1)) >= 0) {
            end--;
        }
        return first.substring(0, end);
    }

    private static boolean endsWord(List<String> names, int end) {
        return SEPARATORS.indexOf(names.get(0).charAt(end - 1)) >= 0
                || names.stream().allMatch(name -> name.length() == end || SEPARATORS.indexOf(name.charAt(end)) >= 0);
    }
}
