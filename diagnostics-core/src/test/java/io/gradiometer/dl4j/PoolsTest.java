package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolsTest {

    @Test
    void few_columns_stay_as_they_are() {
        assertThat(Pools.ofRuns(3).means(new double[] {4, -1, 0.5})).containsExactly(4f, -1f, 0.5f);
    }

    @Test
    void of_many_columns_neighbours_become_their_mean() {
        double[] values = new double[2 * Pools.MOST_COLUMNS];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }

        float[] means = Pools.ofRuns(values.length).means(values);

        assertThat(means)
                .hasSize(Pools.MOST_COLUMNS)
                .startsWith(0.5f, 2.5f, 4.5f)
                .endsWith(510.5f);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void of_pictures_squares_of_each_channel_become_their_mean(boolean channelsLast) {
        int side = 20;
        double[] picture = new double[2 * side * side];
        for (int channel = 0; channel < 2; channel++) {
            for (int pixel = 0; pixel < side * side; pixel++) {
                int square = pixel / side / 2 * 10 + pixel % side / 2;
                picture[channelsLast ? pixel * 2 + channel : channel * side * side + pixel] = 1000 * channel + square;
            }
        }

        float[] means = Pools.ofPictures(2, side, side, channelsLast).means(picture);

        assertThat(means).hasSize(200).startsWith(0, 1, 2).endsWith(1097, 1098, 1099);
        for (int pool = 0; pool < 100; pool++) {
            assertThat(means[pool]).isEqualTo(pool);
        }
    }

    @Test
    void a_picture_whose_side_is_no_multiple_loses_nothing_at_its_rim() {
        double[] picture = new double[17 * 33];
        picture[picture.length - 1] = 6;

        float[] means = Pools.ofPictures(1, 17, 33, false).means(picture);

        // Squares of two, of which one pixel is left in the corner.
        assertThat(means).hasSize(9 * 17).endsWith(0, 6);
    }
}
