package io.gradiometer.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.Locales;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "-1, -1",
        "0.1, 0.1",
        "0.055, 0.055",
        "0.0123456, 0.0123",
        "0.001, 0.001",
        "0.00099951, 0.001",
        "0.00012, 1.2e-4",
        "1.2e-7, 1.2e-7",
        "-1.2e-7, -1.2e-7",
        "100, 100",
        "12345, 12300",
        "31400, 31400",
        "-31449, -31400",
        "999000, 999000",
        "999999, 1e6",
        "1000000, 1e6",
        "1.23456e38, 1.23e38",
        "4.9e-324, 4.94e-324",
        "1.7976931348623157e308, 1.8e308",
        "NaN, NaN",
        "Infinity, Infinity",
        "-Infinity, -Infinity"
    })
    void numbers_have_three_significant_digits(double value, String text) {
        assertThat(Numbers.format(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 %", "0.5, 50 %", "0.00012, 0.012 %", "1, 100 %", "NaN, NaN %"})
    void shares_are_percentages(double share, String text) {
        assertThat(Numbers.percent(share)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {Locales.ROOT, Locales.GERMAN, Locales.ARABIC})
    void numbers_look_the_same_everywhere(String locale) {
        assertThat(Locales.in(locale, () -> Numbers.format(1.25e-7))).isEqualTo("1.25e-7");
        assertThat(Locales.in(locale, () -> Numbers.format(31_415.9))).isEqualTo("31400");
        assertThat(Locales.in(locale, () -> Numbers.percent(0.055))).isEqualTo("5.5 %");
    }

    @Test
    void what_is_shown_is_near_the_value_and_shown_again_is_the_same() {
        Random random = new Random(3);
        for (int trial = 0; trial < 10_000; trial++) {
            double value = random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);

            String text = Numbers.format(value);

            double read = Double.parseDouble(text);
            assertThat(read).isEqualTo(value, within(Math.abs(value) * 0.005));
            assertThat(Numbers.format(read)).isEqualTo(text);
        }
    }
}
