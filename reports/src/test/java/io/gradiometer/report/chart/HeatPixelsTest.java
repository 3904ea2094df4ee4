package io.gradiometer.report.chart;

import static io.gradiometer.report.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.trace.Trace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import javax.imageio.ImageIO;
import org.jfree.data.Range;
import org.junit.jupiter.api.Test;

class HeatPixelsTest {

    @Test
    void a_gradient_that_is_not_finite_is_never_painted_as_a_number() throws IOException {
        HeatPixels pixels = pixels(4, (layer, step) -> step == 2 ? Double.NaN : 1);

        BufferedImage image = image(pixels.png());
        assertThat(alpha(image, 2)).isZero();
        assertThat(alpha(image, 1)).isEqualTo(255);
        BufferedImage mask = image(pixels.mask(LayerSeries.NON_FINITE).orElseThrow());
        assertThat(mask.getRGB(2, 0) & 0xffffff).isEqualTo(0xffffff);
        assertThat(mask.getRGB(1, 0) & 0xffffff).isZero();
    }

    @Test
    void an_exact_zero_is_never_painted_as_a_small_number() throws IOException {
        HeatPixels pixels = pixels(4, (layer, step) -> step == 2 ? 0 : 1);

        assertThat(alpha(image(pixels.png()), 2)).isZero();
        assertThat(pixels.mask(0)).isPresent();
        assertThat(pixels.mask(LayerSeries.NON_FINITE)).isEmpty();
    }

    @Test
    void a_column_of_many_iterations_shows_the_worst_of_them() throws IOException {
        HeatPixels pixels = pixels(2000, (layer, step) -> step == 1001 ? Double.NaN : 1);

        BufferedImage mask = image(pixels.mask(LayerSeries.NON_FINITE).orElseThrow());
        assertThat(mask.getWidth()).isEqualTo(512);
        assertThat(mask.getRGB(256, 0) & 0xffffff).isEqualTo(0xffffff);
    }

    @Test
    void the_scale_runs_from_dark_to_light_over_whole_decades() throws IOException {
        HeatPixels pixels = pixels(2, (layer, step) -> step == 0 ? 1e-6 : 1e3);

        assertThat(pixels.low()).isEqualTo(-6);
        assertThat(pixels.high()).isEqualTo(3);
        BufferedImage image = image(pixels.png());
        assertThat(image.getRGB(1, 0) & 0xffffff).isEqualTo(0xfde725);
    }

    @Test
    void an_absurd_range_is_clipped_and_says_so() {
        assertThat(pixels(2, (layer, step) -> step == 0 ? 1e-200 : 1).isClipped())
                .isTrue();
        assertThat(pixels(2, (layer, step) -> 1).isClipped()).isFalse();
    }

    private static HeatPixels pixels(int steps, DoubleBinaryOperator gradient) {
        Trace trace = Objects.requireNonNull(
                aRun().steps(steps).gradient(gradient).at(Path.of("run")).trace());
        return new HeatPixels(LayerSeries.of(trace, Measure.GRADIENT), new Range(0, steps - 1.0));
    }

    private static int alpha(BufferedImage image, int column) {
        return image.getRGB(column, 0) >>> 24;
    }

    private static BufferedImage image(String url) throws IOException {
        byte[] png = Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
