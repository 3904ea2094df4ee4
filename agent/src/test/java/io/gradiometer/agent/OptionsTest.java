package io.gradiometer.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void nothing_given_is_nothing_wrong() {
        Options options = Options.parse("");

        assertThat(options.problems()).isEmpty();
        assertThat(options.output()).isNull();
        assertThat(options.failFast()).isFalse();
        assertThat(options.wants("any.Model", "any.Caller")).isTrue();
    }

    @Test
    void every_option_is_read() {
        Options options =
                Options.parse("output=/data/a,exact=true,include=a.*,b.*,exclude=*.C,failFast=true,verbose=true");

        assertThat(options.problems()).isEmpty();
        assertThat(options.output()).isEqualTo("/data/a");
        assertThat(options.exact()).isEqualTo("true");
        assertThat(options.include()).containsExactly("a.*", "b.*");
        assertThat(options.exclude()).containsExactly("*.C");
        assertThat(options.failFast()).isTrue();
        assertThat(options.verbose()).isTrue();
    }

    @Test
    void a_flag_stands_without_a_value() {
        Options options = Options.parse("output=/data/a,failFast,verbose");

        assertThat(options.output()).isEqualTo("/data/a");
        assertThat(options.failFast()).isTrue();
        assertThat(options.verbose()).isTrue();
        assertThat(options.problems()).isEmpty();
    }

    @Test
    void commas_and_blanks_belong_to_the_path() {
        assertThat(Options.parse("output=/data/a b, c,d,verbose=true").output()).isEqualTo("/data/a b, c,d");
    }

    @Test
    void quotes_keep_what_would_look_like_an_option() {
        Options options = Options.parse("output='/data/a,b=c,verbose',exact");

        assertThat(options.output()).isEqualTo("/data/a,b=c,verbose");
        assertThat(options.verbose()).isFalse();
        assertThat(options.exact()).isEqualTo("true");
    }

    @Test
    void an_apostrophe_within_a_path_is_no_quote() {
        assertThat(Options.parse("output=/data/o'hara,verbose").output()).isEqualTo("/data/o'hara");
    }

    @Test
    void an_unknown_option_is_told_with_what_may_have_been_meant() {
        assertThat(Options.parse("outptu=/tmp").problems())
                .containsExactly("unknown agent option 'outptu' is ignored; did you mean 'output'?");
        assertThat(Options.parse("zzzzzzzzz=1").problems())
                .containsExactly(
                        "unknown agent option 'zzzzzzzzz' is ignored; there are output, exact, include, exclude, failFast,"
                                + " verbose");
    }

    @Test
    void a_value_that_is_no_flag_is_told() {
        Options options = Options.parse("failFast=yes");

        assertThat(options.failFast()).isFalse();
        assertThat(options.problems())
                .containsExactly("agent option 'failFast' takes true or false, not 'yes'; it is ignored");
    }

    @Test
    void an_option_without_its_value_is_told() {
        assertThat(Options.parse("output").problems())
                .containsExactly("agent option 'output' needs a value: output=…; it is ignored");
        assertThat(Options.parse("output=,verbose").problems())
                .containsExactly("agent option 'output' is empty; it is ignored");
    }

    @Test
    void of_two_values_the_first_counts() {
        Options options = Options.parse("output=a,output=b");

        assertThat(options.output()).isEqualTo("a");
        assertThat(options.problems()).containsExactly("agent option 'output' is given twice; the first counts");
    }

    @Test
    void globs_match_the_network_or_the_caller_and_exclusion_comes_first() {
        Options options = Options.parse("include=com.acme.*,exclude=*Baseline*");

        assertThat(options.wants("org.deeplearning4j.Net", "com.acme.Train")).isTrue();
        assertThat(options.wants("com.acme.Net", "elsewhere.Train")).isTrue();
        assertThat(options.wants("org.deeplearning4j.Net", "comXacme.Train")).isFalse();
        assertThat(options.wants("org.deeplearning4j.Net", "com.acme.BaselineTrain"))
                .isFalse();
    }
}
