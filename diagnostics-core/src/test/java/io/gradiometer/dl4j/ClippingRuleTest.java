package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClippingRuleTest {

    private static List<Double> norms(int n, long seed) {
        Random random = new Random(seed);
        List<Double> norms = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            norms.add(Math.exp(random.nextGaussian()) * (i % 40 == 39 ? 30 : 1));
        }
        return norms;
    }

    private static double[] allowed(ClippingRule rule, List<Double> norms) {
        return norms.stream().mapToDouble(rule::allow).toArray();
    }

    @Test
    void a_fixed_limit_cuts_what_is_above_it() {
        ClippingRule rule = new ClippingRule.Fixed(2);

        assertThat(allowed(rule, List.of(1.0, 2.0, 3.0))).containsExactly(1, 2, 2);
    }

    @Test
    void a_z_score_is_what_its_definition_says() {
        List<Double> norms = norms(300, 1);

        assertThat(allowed(new ClippingRule.ZScore(2.5), norms)).containsExactly(zScored(norms, 2.5), within(1e-9));
    }

    /** As published: 25 steps for a first mean and variance, then both forget by 3 %, fed with what was cut. */
    private static double[] zScored(List<Double> norms, double limit) {
        double[] allowed = norms.stream().mapToDouble(d -> d).toArray();
        double[] first = Arrays.copyOf(allowed, 25);
        double mean = Arrays.stream(first).average().orElseThrow();
        double start = mean;
        double variance = Arrays.stream(first)
                .map(norm -> (norm - start) * (norm - start))
                .average()
                .orElseThrow();
        for (int i = 25; i < allowed.length; i++) {
            double z = (allowed[i] - mean) / Math.sqrt(variance);
            if (z > limit) {
                allowed[i] = mean + limit / (z / limit) * Math.sqrt(variance);
            }
            mean = 0.97 * mean + 0.03 * allowed[i];
            variance = 0.97 * variance + 0.03 * (allowed[i] - mean) * (allowed[i] - mean);
        }
        return allowed;
    }

    @Test
    void a_z_score_cuts_the_further_out_the_more() {
        ClippingRule rule = new ClippingRule.ZScore(2.5);
        norms(25, 2).forEach(rule::allow);
        ClippingRule same = new ClippingRule.ZScore(2.5);
        norms(25, 2).forEach(same::allow);

        assertThat(rule.allow(1e6)).isLessThan(same.allow(1e3));
    }

    @Test
    void a_z_score_leaves_lengths_that_are_all_alike() {
        ClippingRule rule = new ClippingRule.ZScore(2.5);

        assertThat(allowed(rule, List.of(1.0, 1.0, 1.0))).containsOnly(1);
        for (int i = 0; i < 30; i++) {
            rule.allow(1);
        }
        assertThat(rule.allow(1)).isEqualTo(1);
        assertThat(rule.allow(5)).isEqualTo(1);
    }

    @Test
    void a_percentile_is_that_of_the_last_thousand() {
        List<Double> norms = norms(2_500, 3);
        ClippingRule rule = new ClippingRule.OfPercentile(90);

        double[] allowed = allowed(rule, norms);

        for (int i : new int[] {10, 11, 500, 999, 1_000, 1_001, 2_499}) {
            double[] last = norms.subList(Math.max(0, i - 999), i + 1).stream()
                    .mapToDouble(d -> d)
                    .sorted()
                    .toArray();
            double position = 0.9 * (last.length + 1);
            int below = Math.min(last.length, (int) position);
            double above = last[Math.min(below, last.length - 1)];
            double limit = last[below - 1] + (position - below) * (above - last[below - 1]);
            assertThat(allowed[i]).as("step %d", i).isEqualTo(Math.min(norms.get(i), limit), within(1e-12));
        }
        assertThat(Arrays.copyOf(allowed, 10))
                .containsExactly(
                        norms.subList(0, 10).stream().mapToDouble(d -> d).toArray());
    }
}
