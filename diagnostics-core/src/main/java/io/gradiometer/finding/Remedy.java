package io.gradiometer.finding;

import org.apiguardian.api.API;

/**
 * Something to try, with the number to try.
 *
 * @param id for instance {@code lower-learning-rate}
 * @param summary one sentence with the present and the proposed setting
 * @param code a snippet against Deeplearning4j's builders; may be empty
 * @param change the same for a program to carry out
 * @param proof what trying it showed
 */
@API(status = API.Status.EXPERIMENTAL)
public record Remedy(String id, String summary, String code, Change change, Proof proof) {

    public Remedy {
        Require.id(id, "a remedy's id");
        Require.text(summary, "a remedy's summary");
    }

    /** A remedy of which the id says all that a program must know. */
    public Remedy(String id, String summary, String code, Proof proof) {
        this(id, summary, code, Change.NONE, proof);
    }

    /** A remedy that was computed and not tried. */
    public static Remedy untried(String id, String summary, String code) {
        return untried(id, summary, code, Change.NONE);
    }

    /** A remedy that was computed and not tried. */
    public static Remedy untried(String id, String summary, String code, Change change) {
        return new Remedy(id, summary, code, change, Proof.NOT_TRIED);
    }

    /** Returns this remedy with what trying it showed. */
    public Remedy withProof(Proof shown) {
        return new Remedy(id, summary, code, change, shown);
    }
}
