package io.gradiometer.report.chart;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jfree.data.Range;

/**
 * The cells of a heat map, one pixel each: a row per layer, a column per iteration or stretch of iterations.
 *
 * <p>A stretch shows its worst: not finite before largest. A column without a kept step shows the one before.
 */
final class HeatPixels {

    private static final int MOST_COLUMNS = 512;
    private static final int MOST_DECADES = 24;
    private static final int SHADES = 200;

    /** Where the scale begins: its darkest end is swallowed by dark pages. */
    private static final double DARKEST = 0.1;

    private final double[][] cells;
    private final int low;
    private final int high;
    private final boolean clipped;

    HeatPixels(LayerSeries series, Range iterations) {
        Decades decades = series.decades();
        this.high = decades.high();
        this.low = Math.max(decades.low(), high - MOST_DECADES);
        this.clipped = low > decades.low();
        this.cells = series.rows().stream()
                .map(row -> columns(series.iterations(), row.values(), iterations))
                .toArray(double[][]::new);
    }

    private static double[] columns(List<Integer> iterations, List<Double> values, Range range) {
        double first = Math.ceil(range.getLowerBound());
        double span = Math.floor(range.getUpperBound()) - first + 1;
        int count = (int) Math.min(MOST_COLUMNS, span);
        double[] columns = new double[count];
        Arrays.fill(columns, LayerSeries.NOT_READ);
        for (int i = 0; i < values.size(); i++) {
            int column = (int) ((iterations.get(i) - first) * count / span);
            // Infinity, which stands for not finite, is larger than any number.
            columns[column] = Double.isNaN(columns[column])
                    ? values.get(i)
                    : Double.isNaN(values.get(i)) ? columns[column] : Math.max(columns[column], values.get(i));
        }
        for (int i = 1; i < count; i++) {
            columns[i] = Double.isNaN(columns[i]) ? columns[i - 1] : columns[i];
        }
        return columns;
    }

    int low() {
        return low;
    }

    int high() {
        return high;
    }

    /** Tells whether some values lie below the scale. */
    boolean isClipped() {
        return clipped;
    }

    /** Returns the coloured cells; those that hold no positive number are see-through. */
    String png() {
        byte[] red = new byte[SHADES + 1];
        byte[] green = new byte[SHADES + 1];
        byte[] blue = new byte[SHADES + 1];
        for (int i = 0; i < SHADES; i++) {
            Color color = color((double) i / (SHADES - 1));
            red[i] = (byte) color.getRed();
            green[i] = (byte) color.getGreen();
            blue[i] = (byte) color.getBlue();
        }
        return encode(new IndexColorModel(8, SHADES + 1, red, green, blue, SHADES), this::shade);
    }

    /** Returns the cells of exactly this value in white on black, or nothing if there are none. */
    Optional<String> mask(double value) {
        if (Arrays.stream(cells).flatMapToDouble(Arrays::stream).noneMatch(v -> v == value)) {
            return Optional.empty();
        }
        byte[] grey = {0, (byte) 255};
        return Optional.of(encode(new IndexColorModel(1, 2, grey, grey, grey), v -> v == value ? 1 : 0));
    }

    /** Returns the scale as stops of a gradient. */
    static String stops() {
        StringBuilder stops = new StringBuilder();
        for (int i = 0; i <= 10; i++) {
            stops.append("<stop offset=\"")
                    .append(i * 10)
                    .append("%\" stop-color=\"")
                    .append(Viridis.hex(color(i / 10.0)))
                    .append("\"/>");
        }
        return stops.toString();
    }

    private static Color color(double place) {
        return Viridis.at(DARKEST + (1 - DARKEST) * place);
    }

    private int shade(double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            return SHADES;
        }
        double place = (Math.log10(value) - low) / (high - low);
        return (int) Math.round(Math.max(0, Math.min(1, place)) * (SHADES - 1));
    }

    private interface Shading {
        int of(double value);
    }

    private String encode(IndexColorModel colors, Shading shading) {
        int type = colors.getMapSize() > 2 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY;
        BufferedImage image = new BufferedImage(cells[0].length, cells.length, type, colors);
        for (int row = 0; row < cells.length; row++) {
            for (int column = 0; column < cells[row].length; column++) {
                image.getRaster().setSample(column, row, 0, shading.of(cells[row][column]));
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            // Not ImageIO.write: it looks for a folder to cache in, which this process may not have.
            ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
            try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(png)) {
                writer.setOutput(out);
                writer.write(image);
            } finally {
                writer.dispose();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }
}
