package io.gradiometer.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlocksTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 127, 128, 129, 256, 257, 1000, 10_000, 65_537})
    void agree_with_means_over_a_list_of_everything(int length) {
        Random random = new Random(length);
        Blocks blocks = new Blocks();
        List<Double> twin = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            double value = random.nextGaussian();
            blocks.add(i, value);
            twin.add(value);
        }

        int size = 1;
        while ((long) size * Blocks.MOST < length) {
            size *= 2;
        }
        assertThat(blocks.means()).hasSize((length + size - 1) / size);
        for (int b = 0; b < blocks.means().length; b++) {
            List<Double> part = twin.subList(b * size, Math.min(length, (b + 1) * size));
            double mean = part.stream().mapToDouble(v -> v).average().orElseThrow();
            assertThat(blocks.means()[b]).isCloseTo(mean, within(1e-12));
            assertThat(blocks.iterations()[b]).isEqualTo(b * (double) size);
        }
    }

    @Test
    void leave_out_what_is_not_finite() {
        Blocks blocks = new Blocks();
        blocks.add(0, 1);
        blocks.add(1, Double.NaN);
        blocks.add(2, Double.NEGATIVE_INFINITY);
        blocks.add(3, 3);

        assertThat(blocks.means()).containsExactly(1, 3);
        assertThat(blocks.iterations()).containsExactly(0, 3);
        assertThat(blocks.finiteBlocks()).isEqualTo(2);
    }
}
