package io.gradiometer.detector;

import io.gradiometer.Run;
import io.gradiometer.RunBuilder;
import io.gradiometer.finding.Fact;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Remedy;
import io.gradiometer.finding.Severity;
import io.gradiometer.finding.Verdict;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** Says in a test what a detector should conclude, by facts and values rather than by wording. */
final class VerdictAssert extends AbstractAssert<VerdictAssert, Verdict> {

    private VerdictAssert(Verdict verdict) {
        super(verdict, VerdictAssert.class);
    }

    /** Runs the detector over the run and looks at its verdict. */
    static VerdictAssert assertThatVerdict(Detector detector, RunBuilder builder) {
        Run run = builder.build();
        return new VerdictAssert(
                Examination.verdict(detector, run.model(), run.steps(), run.yardstick(), run.validations()));
    }

    VerdictAssert isClear() {
        return isInstanceOf(Verdict.Clear.class);
    }

    VerdictAssert isInconclusive(String missing) {
        isInstanceOf(Verdict.Inconclusive.class);
        Assertions.assertThat(((Verdict.Inconclusive) actual).missing()).contains(missing);
        return this;
    }

    VerdictAssert isNotApplicable() {
        return isInstanceOf(Verdict.NotApplicable.class);
    }

    VerdictAssert isFound(Severity severity) {
        isInstanceOf(Verdict.Found.class);
        Assertions.assertThat(finding().severity()).isEqualTo(severity);
        return this;
    }

    VerdictAssert inLayers(String... names) {
        Assertions.assertThat(finding().layers()).containsExactly(names);
        return this;
    }

    VerdictAssert withFact(String key, double value) {
        Fact fact = finding().facts().stream()
                .filter(f -> f.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "no fact '" + key + "' in " + finding().facts()));
        Assertions.assertThat(fact.value()).isCloseTo(value, Assertions.withinPercentage(1));
        return this;
    }

    /** Holds the limit beside a fact against the one that is meant; null where there should be none. */
    VerdictAssert withLimit(String key, @Nullable Double limit) {
        Assertions.assertThat(finding().facts())
                .filteredOn(fact -> fact.key().equals(key))
                .singleElement()
                .extracting(Fact::limit)
                .isEqualTo(limit);
        return this;
    }

    /** Holds which facts there are, in their order, and that there are no others. */
    VerdictAssert withFacts(String... keys) {
        Assertions.assertThat(finding().facts()).extracting(Fact::key).containsExactly(keys);
        return this;
    }

    VerdictAssert withConfidence(double value) {
        Assertions.assertThat(finding().confidence()).isCloseTo(value, Assertions.within(1e-9));
        return this;
    }

    VerdictAssert detectedAt(int iteration) {
        Assertions.assertThat(finding().detectedAt()).isEqualTo(iteration);
        return this;
    }

    VerdictAssert seenIn(int first, int last) {
        Assertions.assertThat(List.of(
                        finding().iterations().first(), finding().iterations().last()))
                .containsExactly(first, last);
        return this;
    }

    VerdictAssert saying(String text) {
        Assertions.assertThat(words()).contains(text);
        return this;
    }

    VerdictAssert notSaying(String text) {
        Assertions.assertThat(words()).doesNotContain(text);
        return this;
    }

    private String words() {
        return finding().summary() + "\n" + String.join("\n", finding().evidence()) + "\n"
                + String.join("\n", finding().ruledOut());
    }

    VerdictAssert withRemedies(String... ids) {
        Assertions.assertThat(finding().remedies()).extracting(Remedy::id).containsExactly(ids);
        return this;
    }

    VerdictAssert withRemedySaying(String text) {
        Assertions.assertThat(finding().remedies())
                .extracting(Remedy::summary)
                .anySatisfy(summary -> Assertions.assertThat(summary).contains(text));
        return this;
    }

    VerdictAssert withRemedyCode(String code) {
        Assertions.assertThat(finding().remedies()).extracting(Remedy::code).contains(code);
        return this;
    }

    private Finding finding() {
        return ((Verdict.Found) actual).findings().get(0);
    }
}
