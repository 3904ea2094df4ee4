package io.gradiometer.finding;

import org.apiguardian.api.API;

/**
 * Something to try, with the number to try.
 *
 * @param id for instance {@code lower-learning-rate}
 * @param summary one sentence with the present and the proposed setting
 * @param code a snippet against Deeplearning4j's builders; may be empty
 * @param proof what trying it showed
 */
@API(status = API.Status.EXPERIMENTAL)
public record Remedy(String id, String summary, String code, Proof proof) {

    public Remedy {
        Require.id(id, "a remedy's id");
        Require.text(summary, "a remedy's summary");
    }

    /** A remedy that was computed and not tried. */
    public static Remedy untried(String id, String summary, String code) {
        return new Remedy(id, summary, code, Proof.NOT_TRIED);
    }
}
