package io.gradiometer.dl4j;

/**
 * Brings wide inputs down to columns that simple models are quick on, by taking means over neighbours: squares of pixels in
 * pictures, runs of columns elsewhere. Neighbours, not random sums, since what lies side by side is mostly alike.
 */
final class Pools {

    static final int MOST_COLUMNS = 256;

    private final int[] poolOf;
    private final int[] sizes;

    private Pools(int[] poolOf, int pools) {
        this.poolOf = poolOf;
        this.sizes = new int[pools];
        for (int pool : poolOf) {
            sizes[pool]++;
        }
    }

    /** Of columns in a row; each stays as it is where there are few enough. */
    static Pools ofRuns(int width) {
        int pools = Math.min(width, MOST_COLUMNS);
        int[] poolOf = new int[width];
        for (int i = 0; i < width; i++) {
            poolOf[i] = (int) ((long) i * pools / width);
        }
        return new Pools(poolOf, pools);
    }

    /** Of pictures that are flattened in the order of their dimensions. */
    static Pools ofPictures(int channels, int height, int width, boolean channelsLast) {
        if (channels > MOST_COLUMNS) {
            return ofRuns(channels * height * width);
        }
        int side = 1;
        while (channels * parts(height, side) * parts(width, side) > MOST_COLUMNS) {
            side++;
        }
        int down = parts(height, side);
        int across = parts(width, side);
        int[] poolOf = new int[channels * height * width];
        for (int i = 0; i < poolOf.length; i++) {
            int channel = channelsLast ? i % channels : i / (height * width);
            int pixel = channelsLast ? i / channels : i % (height * width);
            poolOf[i] = (channel * down + pixel / width / side) * across + pixel % width / side;
        }
        return new Pools(poolOf, channels * down * across);
    }

    private static int parts(int length, int side) {
        return (length + side - 1) / side;
    }

    float[] means(double[] values) {
        double[] sums = new double[sizes.length];
        for (int i = 0; i < values.length; i++) {
            sums[poolOf[i]] += values[i];
        }
        float[] means = new float[sums.length];
        for (int pool = 0; pool < means.length; pool++) {
            means[pool] = (float) (sums[pool] / sizes[pool]);
        }
        return means;
    }
}
