package io.gradiometer.dl4j;

/**
 * What one place of a random network carries: a function of a normal variable, the same for all its units and positions.
 *
 * <p>Weights of mean 0 make every sum that many units feed a normal one, so that between two layers a few functions of one
 * variable say all. Two examples, and two positions of one image, differ in that variable, but not wholly: what rectifiers add
 * is common to all.
 */
final class Field {

    private final double[] values;
    private final double correlation;
    private final boolean normal;
    private final Area area;
    private final double channels;

    /**
     * @param values at {@link GaussianNodes}
     * @param correlation of the normal variable between two examples or positions
     * @param normal whether the values are a straight line
     * @param area height and width of the positions
     * @param channels number of units or channels; NaN if unknown
     */
    private Field(double[] values, double correlation, boolean normal, Area area, double channels) {
        this.values = values;
        this.correlation = correlation;
        this.normal = normal;
        this.area = area;
        this.channels = channels;
    }

    /**
     * Positions of an image or steps of a series.
     *
     * @param height NaN if unknown
     * @param width NaN if unknown
     */
    record Area(double height, double width) {
        static final Area UNKNOWN = new Area(Double.NaN, Double.NaN);

        /** Of layers that have units, not positions. */
        static final Area FLAT = new Area(1, 1);

        double positions() {
            return height * width;
        }
    }

    /** Returns independent standardised inputs, or inputs of another size. */
    static Field input(double meanSquare) {
        return normal(0, meanSquare, 0, Area.UNKNOWN, Double.NaN);
    }

    /**
     * Returns a normally distributed field.
     *
     * @param shared covariance between examples or positions
     */
    static Field normal(double mean, double variance, double shared, Area area, double channels) {
        double deviation = Math.sqrt(Math.max(0, variance));
        double[] values = new double[GaussianNodes.count()];
        for (int k = 0; k < values.length; k++) {
            values[k] = mean + deviation * GaussianNodes.point(k);
        }
        double correlation = variance > 0 ? Math.min(1, Math.max(0, shared / variance)) : 0;
        return new Field(values, correlation, true, area, channels);
    }

    /** Returns a field with these values whose mean product between examples is as given. */
    static Field shaped(double[] values, double product, Area area, double channels) {
        double[] spectrum = GaussianNodes.spectrum(values);
        double low = 0;
        double high = 1;
        for (int halving = 0; halving < 40; halving++) {
            double middle = (low + high) / 2;
            if (GaussianNodes.product(spectrum, middle) < product) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return new Field(values, low, false, area, channels);
    }

    double[] values() {
        return values;
    }

    double correlation() {
        return correlation;
    }

    boolean normal() {
        return normal;
    }

    Area area() {
        return area;
    }

    double channels() {
        return channels;
    }

    double mean() {
        return GaussianNodes.mean(values);
    }

    double meanSquare() {
        return GaussianNodes.meanSquare(values);
    }

    double variance() {
        double mean = mean();
        return Math.max(0, meanSquare() - mean * mean);
    }

    /** Returns the mean product of what one unit gives for two examples or at two positions. */
    double product() {
        return GaussianNodes.product(GaussianNodes.spectrum(values), correlation);
    }

    /** Returns what of the variance two examples have in common. */
    double shared() {
        double mean = mean();
        return Math.max(0, product() - mean * mean);
    }

    Field with(double[] newValues, boolean stillNormal) {
        return new Field(newValues, correlation, stillNormal, area, channels);
    }

    Field over(Area newArea) {
        return new Field(values, correlation, normal, newArea, channels);
    }

    Field of(double newChannels) {
        return new Field(values, correlation, normal, area, newChannels);
    }
}
