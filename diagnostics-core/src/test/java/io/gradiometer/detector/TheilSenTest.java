package io.gradiometer.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.Test;

class TheilSenTest {

    private static final double[] X = IntStream.range(0, 40).mapToDouble(i -> i).toArray();

    private static double[] line(double slope, double noise, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, X.length)
                .mapToDouble(i -> 3 + slope * i + noise * random.nextGaussian())
                .toArray();
    }

    @Test
    void finds_the_slope_of_a_line() {
        TheilSen fit = TheilSen.fit(X, line(-0.7, 0, 1), 0.95);

        assertThat(fit.slope()).isCloseTo(-0.7, within(1e-12));
        assertThat(fit.low()).isCloseTo(-0.7, within(1e-12));
        assertThat(fit.high()).isCloseTo(-0.7, within(1e-12));
    }

    @Test
    void agrees_with_least_squares_where_noise_is_gaussian() {
        for (int seed = 0; seed < 50; seed++) {
            double[] y = line(0.2, 1, seed);
            SimpleRegression twin = new SimpleRegression();
            IntStream.range(0, X.length).forEach(i -> twin.addData(X[i], y[i]));

            TheilSen fit = TheilSen.fit(X, y, 0.95);

            assertThat(fit.slope()).isCloseTo(twin.getSlope(), within(3 * twin.getSlopeStdErr()));
        }
    }

    @Test
    void is_not_bent_by_a_few_outliers() {
        double[] y = line(0.2, 0.1, 7);
        y[3] = 1e6;
        y[30] = -1e6;

        assertThat(TheilSen.fit(X, y, 0.95).slope()).isCloseTo(0.2, within(0.02));
    }

    @Test
    void has_an_interval_that_holds_the_truth_as_often_as_it_says() {
        int held = 0;
        for (int seed = 0; seed < 400; seed++) {
            TheilSen fit = TheilSen.fit(X, line(0.2, 1, seed), 0.95);
            held += fit.low() <= 0.2 && 0.2 <= fit.high() ? 1 : 0;
        }

        // 95 % of 400, give or take three standard errors (1.1 % each).
        assertThat(held / 400.0).isBetween(0.917, 0.983);
    }

    @Test
    void has_an_interval_between_two_of_the_slopes_of_pairs() {
        double[] ten = Arrays.copyOf(X, 10);
        double[] y = Arrays.copyOf(line(0.2, 1, 3), 10);
        double[] slopes = IntStream.range(0, 10)
                .boxed()
                .flatMapToDouble(i -> IntStream.range(i + 1, 10).mapToDouble(j -> (y[j] - y[i]) / (ten[j] - ten[i])))
                .sorted()
                .toArray();

        TheilSen fit = TheilSen.fit(ten, y, 0.95);

        // Of 45 slopes, 1.96 times √(10·9·25/18) lie between: the 12th to the 35th.
        assertThat(fit.low()).isEqualTo(slopes[11]);
        assertThat(fit.slope()).isEqualTo(slopes[22]);
        assertThat(fit.high()).isEqualTo(slopes[34]);
    }

    @Test
    void changes_sign_with_its_values() {
        double[] y = line(0.2, 1, 5);
        double[] negated = Arrays.stream(y).map(v -> -v).toArray();

        assertThat(TheilSen.fit(X, negated, 0.95).slope())
                .isCloseTo(-TheilSen.fit(X, y, 0.95).slope(), within(1e-12));
    }
}
