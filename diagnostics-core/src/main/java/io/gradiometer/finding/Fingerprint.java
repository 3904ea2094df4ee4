package io.gradiometer.finding;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names the same trouble in the same place alike from run to run: by id, layers and test, never by numbers. */
final class Fingerprint {

    private Fingerprint() {}

    static String of(Finding finding, RunInfo run) {
        String text = String.join("\n", finding.id(), run.place(), String.join("\n", finding.layers()));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
