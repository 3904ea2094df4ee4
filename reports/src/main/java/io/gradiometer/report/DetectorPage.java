package io.gradiometer.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** The page of our documentation that tells of a finding; links are left out, for none leads anywhere from where it is read. */
final class DetectorPage {

    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\((?!https?:)[^)]*\\)");

    private DetectorPage() {}

    /** Returns the page as Markdown, or nothing for a detector of a user's own. */
    static Optional<String> of(String id) {
        try (InputStream in = DetectorPage.class.getResourceAsStream("detectors/" + id + ".md")) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(LINK.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                            .replaceAll("$1"));
        } catch (IOException e) {
            throw new UncheckedIOException("a page of our own jar cannot be read", e);
        }
    }
}
