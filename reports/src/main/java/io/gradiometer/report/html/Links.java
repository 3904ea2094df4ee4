package io.gradiometer.report.html;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** Links between pages, and the names of places within one page. */
@API(status = API.Status.INTERNAL)
public final class Links {

    private static final int LONGEST = 160;

    private final Map<String, Integer> taken = new HashMap<>();

    /** Starts a page on which no name is taken. */
    Links() {}

    /** Returns a relative path as a link: whatever a folder is called, it stays one segment of the path. */
    public static String href(String path) {
        return Stream.of(path.split("/", -1)).map(Links::encode).collect(Collectors.joining("/"));
    }

    /** Returns a fragment that leads to the name. */
    static String fragment(String name) {
        return "#" + encode(name);
    }

    /** Returns an id that is this name, without what an id may not hold, and that no other place of the page has. */
    String unique(String name) {
        String id = id(name);
        int uses = taken.merge(id, 1, Integer::sum);
        return uses == 1 ? id : unique(id + "-" + uses);
    }

    /** Returns this name without what an id may not hold. */
    static String id(String name) {
        String id = name.replaceAll("[\\s\\p{Cntrl}]+", "-");
        return id.length() <= LONGEST ? id : id.substring(0, LONGEST) + "-" + Integer.toHexString(id.hashCode());
    }

    private static String encode(String segment) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return encoded.toString();
    }
}
