package io.gradiometer.dl4j;

import io.gradiometer.finding.Diagnosis;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apiguardian.api.API;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a {@link RemedyTrial} needs of a training that is over in another JVM: the configuration, the parameters and the first batches.
 *
 * <p>Batches are the user's data, so they are kept only where that was asked for, and no more of them than a limit. Those of one pass
 * are enough: a batch that comes again ends the keeping. A fifth is held out from trials. Not thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class KeptTraining {

    private static final int MAGIC = 0x4752544b;
    private static final int HELD_OUT = 5;
    private static final int MOST_BATCHES = 1 << 20;
    private static final int MOST_ARRAYS = 1 << 10;
    private static final int LONGEST_CONFIGURATION = 64 << 20;

    private final Model network;
    private final long mostBytes;
    private final List<MultiDataSet> batches = new ArrayList<>();
    private long bytes;
    private boolean complete;

    /**
     * Starts to keep a training.
     *
     * @param network of which the configuration and present parameters are kept when this is written
     * @param mostBytes of batches
     */
    public KeptTraining(Model network, long mostBytes) {
        this.network = network;
        this.mostBytes = mostBytes;
    }

    /** Keeps a copy of a batch, as the network is given it; returns whether it wants more. */
    public boolean offer(MultiDataSet batch) {
        if (complete) {
            return false;
        }
        long size = size(batch.getFeatures()) + size(batch.getLabels());
        boolean again = !batches.isEmpty() && batches.get(0).getFeatures(0).equals(batch.getFeatures(0));
        complete = again || bytes + size > mostBytes;
        if (!complete) {
            batches.add(Batches.copy(batch));
            bytes += size;
        }
        return !complete;
    }

    private static long size(INDArray[] arrays) {
        long size = 0;
        for (INDArray array : arrays) {
            size += array.length() * array.dataType().width();
        }
        return size;
    }

    /** Prepares a trial on what was kept. */
    public RemedyTrial trial(Diagnosis diagnosis) {
        return RemedyTrial.ofBatches(network, diagnosis, part(false), part(true));
    }

    /** Returns every fifth batch, or all others; of a few batches, every fifth example. */
    List<MultiDataSet> part(boolean heldOut) {
        boolean few = batches.size() < HELD_OUT;
        List<MultiDataSet> part = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            if (few) {
                int[] rows = IntStream.range(0, Batches.examples(batches.get(i)))
                        .filter(row -> isHeldOut(row) == heldOut)
                        .toArray();
                if (rows.length > 0) {
                    part.add(TrainingSet.rows(batches.get(i), rows));
                }
            } else if (isHeldOut(i) == heldOut) {
                part.add(batches.get(i));
            }
        }
        return part;
    }

    private static boolean isHeldOut(int index) {
        return index % HELD_OUT == HELD_OUT - 1;
    }

    /** Writes everything; the stream stays open. */
    public void write(OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        boolean graph = network instanceof ComputationGraph;
        String configuration = network instanceof ComputationGraph web
                ? web.getConfiguration().toJson()
                : ((MultiLayerNetwork) network).getLayerWiseConfigurations().toJson();
        byte[] text = configuration.getBytes(StandardCharsets.UTF_8);
        out.writeInt(MAGIC);
        out.writeBoolean(graph);
        out.writeInt(text.length);
        out.write(text);
        Nd4j.write(network.params(), out);
        out.writeInt(batches.size());
        for (MultiDataSet batch : batches) {
            write(batch.getFeatures(), out);
            write(batch.getLabels(), out);
            write(batch.getFeaturesMaskArrays(), out);
            write(batch.getLabelsMaskArrays(), out);
        }
        out.flush();
    }

    /** Writes arrays; Deeplearning4j's own format of a batch may hold Java objects, which nobody should read. */
    private static void write(@Nullable INDArray @Nullable [] arrays, DataOutputStream out) throws IOException {
        out.writeInt(arrays == null ? 0 : arrays.length);
        for (INDArray array : arrays == null ? new INDArray[0] : arrays) {
            out.writeBoolean(array != null);
            if (array != null) {
                Nd4j.write(array, out);
            }
        }
    }

    private static INDArray[] readArrays(DataInputStream in) throws IOException {
        INDArray[] arrays = readMasks(in);
        if (arrays == null) {
            throw new IOException("is damaged: a batch is empty");
        }
        return arrays;
    }

    private static INDArray @Nullable [] readMasks(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MOST_ARRAYS) {
            throw new IOException("is damaged: a batch is said to have " + count + " arrays");
        }
        INDArray[] arrays = new INDArray[count];
        for (int i = 0; i < count; i++) {
            if (in.readBoolean()) {
                arrays[i] = Nd4j.read(in);
            }
        }
        return count == 0 ? null : arrays;
    }

    /**
     * Reads what was written.
     *
     * @throws IOException with one readable sentence if it is something else, or damaged
     */
    public static KeptTraining read(InputStream from) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(from));
        if (in.readInt() != MAGIC) {
            throw new IOException("is no kept training");
        }
        boolean graph = in.readBoolean();
        int length = in.readInt();
        if (length < 0 || length > LONGEST_CONFIGURATION) {
            throw new IOException("is damaged: its configuration is said to have " + length + " bytes");
        }
        byte[] text = in.readNBytes(length);
        try {
            String configuration = new String(text, StandardCharsets.UTF_8);
            INDArray parameters = Nd4j.read(in);
            Model network = OwnThread.compute(() -> network(graph, configuration, parameters));
            KeptTraining kept = new KeptTraining(network, Long.MAX_VALUE);
            int count = in.readInt();
            if (count < 0 || count > MOST_BATCHES) {
                throw new IOException("is damaged: it is said to have " + count + " batches");
            }
            for (int i = 0; i < count; i++) {
                INDArray[] features = readArrays(in);
                INDArray[] labels = readArrays(in);
                kept.batches.add(
                        new org.nd4j.linalg.dataset.MultiDataSet(features, labels, readMasks(in), readMasks(in)));
            }
            return kept;
        } catch (RuntimeException damaged) {
            throw new IOException("is a damaged training: " + damaged.getMessage(), damaged);
        }
    }

    private static Model network(boolean graph, String configuration, INDArray parameters) {
        if (graph) {
            ComputationGraph network = new ComputationGraph(ComputationGraphConfiguration.fromJson(configuration));
            network.init(parameters, false);
            return network;
        }
        MultiLayerNetwork network = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(configuration));
        network.init(parameters, false);
        return network;
    }
}
