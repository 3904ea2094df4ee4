package io.gradiometer.agent.programs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.listeners.CollectScoresIterationListener;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.nd4j.autodiff.listeners.impl.ScoreListener;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Sgd;

/** Trains in every way that ends in a network's own loop, and prints what came out, bit for bit. */
public final class Loops {

    private static final int BATCHES = 12;

    private Loops() {}

    public static void main(String[] names) throws Exception {
        for (String name : names) {
            Loops.class.getDeclaredMethod(name).invoke(null);
        }
    }

    private static MultiLayerNetwork aNetwork() {
        MultiLayerNetwork network = new MultiLayerNetwork(Samples.network(0.1));
        network.init();
        return network;
    }

    private static void print(String name, Model model) {
        System.out.println(name + " " + Arrays.hashCode(model.params().toFloatVector()) + " " + model.score());
    }

    static void network() {
        MultiLayerNetwork network = aNetwork();
        network.fit(Samples.data(BATCHES));
        network.setListeners(new CollectScoresIterationListener());
        network.fit(Samples.data(BATCHES));
        print("network", network);
    }

    static void graph() {
        ComputationGraph graph = new ComputationGraph(Samples.graph());
        graph.init();
        graph.fit(Samples.data(BATCHES));
        graph.setListeners(new CollectScoresIterationListener());
        graph.fit(Samples.data(BATCHES));
        print("graph", graph);
    }

    static void sameDiff() {
        SameDiff network = Samples.sameDiff(0.1);
        network.fit(Samples.data(BATCHES), 1);
        network.setListeners(new ScoreListener());
        network.fit(Samples.data(BATCHES), 1);
        float[] weights = network.getArrForVarName("weights").ravel().toFloatVector();
        System.out.println("sameDiff " + Arrays.hashCode(weights));
    }

    static void sickSameDiff() {
        SameDiff network = Samples.sameDiff(3e38);
        for (int i = 0; i < 40; i++) {
            network.fit(Samples.data(BATCHES), 1);
        }
        System.out.println("sick to the end");
    }

    static void earlyStopping() {
        EarlyStoppingConfiguration<MultiLayerNetwork> configuration = new EarlyStoppingConfiguration.Builder<
                        MultiLayerNetwork>()
                .epochTerminationConditions(new MaxEpochsTerminationCondition(2))
                .scoreCalculator(new DataSetLossCalculator(Samples.data(2), true))
                .modelSaver(new InMemoryModelSaver<>())
                .build();
        MultiLayerNetwork network = aNetwork();
        new EarlyStoppingTrainer(configuration, network, Samples.data(BATCHES)).fit();
        print("earlyStopping", network);
    }

    static void transfer() {
        MultiLayerNetwork transferred = new TransferLearning.Builder(aNetwork())
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .updater(new Sgd(0.05))
                        .seed(3)
                        .build())
                .setFeatureExtractor(0)
                .build();
        transferred.fit(Samples.data(BATCHES));
        print("transfer", transferred);
    }

    static void clones() {
        MultiLayerNetwork clone = aNetwork().clone();
        clone.fit(Samples.data(BATCHES));
        print("clones", clone);
    }

    static void restored() throws IOException {
        Path saved = Files.createTempFile("network", ".zip");
        File file = saved.toFile();
        try {
            aNetwork().save(file);
            MultiLayerNetwork network = MultiLayerNetwork.load(file, true);
            network.fit(Samples.data(BATCHES));
            print("restored", network);
        } finally {
            Files.delete(saved);
        }
    }

    static void wrapper() {
        MultiLayerNetwork network = aNetwork();
        ParallelWrapper wrapper = new ParallelWrapper.Builder<>(network)
                .workers(2)
                .averagingFrequency(1)
                .prefetchBuffer(2)
                .build();
        wrapper.fit(Samples.data(BATCHES));
        wrapper.shutdown();
        print("wrapper", network);
    }

    static void pretrain() {
        MultiLayerNetwork network = new MultiLayerNetwork(Samples.autoencoder());
        network.init();
        network.pretrain(Samples.data(BATCHES));
        network.fit(Samples.data(BATCHES));
        print("pretrain", network);
    }

    static void pretrainGraph() {
        ComputationGraph graph = new ComputationGraph(Samples.autoencoderGraph());
        graph.init();
        graph.pretrainLayer("hidden", Samples.data(BATCHES));
        graph.fit(Samples.data(BATCHES));
        print("pretrainGraph", graph);
    }

    /** The error at the network's output comes from the program, and so does the step. */
    static void errorsFromOutside() {
        MultiLayerNetwork network = new MultiLayerNetwork(Samples.networkWithoutLoss());
        network.init();
        DataSetIterator data = Samples.data(BATCHES);
        while (data.hasNext()) {
            DataSet batch = data.next();
            network.setInput(batch.getFeatures());
            INDArray output = network.feedForward(true, false).get(2);
            INDArray error = output.sub(batch.getLabels());
            take(
                    network,
                    network.backpropGradient(error, LayerWorkspaceMgr.noWorkspaces())
                            .getFirst());
        }
        print("errorsFromOutside", network);
    }

    static void gradientsFromOutside() {
        MultiLayerNetwork network = aNetwork();
        DataSetIterator data = Samples.data(BATCHES);
        while (data.hasNext()) {
            DataSet batch = data.next();
            take(
                    network,
                    network.calculateGradients(batch.getFeatures(), batch.getLabels(), null, null)
                            .getFirst());
        }
        print("gradientsFromOutside", network);
    }

    static void errorsFromOutsideOfGraph() {
        ComputationGraph graph = new ComputationGraph(Samples.graphWithoutLoss());
        graph.init();
        DataSetIterator data = Samples.data(BATCHES);
        while (data.hasNext()) {
            DataSet batch = data.next();
            graph.setInputs(batch.getFeatures());
            Map<String, INDArray> outputs = graph.feedForward(new INDArray[] {batch.getFeatures()}, true, false);
            INDArray output = Objects.requireNonNull(outputs.get("out"));
            Gradient gradient = graph.backpropGradient(output.sub(batch.getLabels()));
            graph.getUpdater().update(gradient, 0, 0, 16, LayerWorkspaceMgr.noWorkspaces());
            step(graph, gradient);
        }
        print("errorsFromOutsideOfGraph", graph);
    }

    private static void take(MultiLayerNetwork network, Gradient gradient) {
        network.getUpdater().update(network, gradient, 0, 0, 16, LayerWorkspaceMgr.noWorkspaces());
        step(network, gradient);
    }

    private static void step(Model model, Gradient gradient) {
        INDArray parameters = model.params();
        parameters.subi(gradient.gradient().reshape(parameters.shape()));
    }

    static void sick() {
        MultiLayerNetwork network = new MultiLayerNetwork(Samples.network(1e30));
        network.init();
        try {
            for (int i = 0; i < 40; i++) {
                network.fit(Samples.data(BATCHES));
            }
            System.out.println("sick to the end");
        } catch (IllegalStateException e) {
            System.out.println("unexpected " + e);
        }
    }

    static void exits() {
        MultiLayerNetwork network = aNetwork();
        network.setListeners(new ExitsAt(5));
        network.fit(Samples.data(BATCHES));
    }

    static void throwsInLoop() {
        MultiLayerNetwork network = aNetwork();
        network.setListeners(new ThrowsAt(5));
        network.fit(Samples.data(BATCHES));
    }

    static void throwsInData() {
        aNetwork().fit(new DataThatEnds(3));
    }

    /** Trains until somebody ends the JVM. */
    static void forever() throws InterruptedException {
        MultiLayerNetwork network = aNetwork();
        network.fit(Samples.data(BATCHES));
        System.out.println("ready");
        System.out.flush();
        for (int i = 0; ; i++) {
            if (i == 1000) {
                System.out.println("a second later");
                System.out.flush();
            }
            network.fit(Samples.data(BATCHES));
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** Trains networks one after the other and keeps none of them. */
    static void many() {
        for (int i = 0; i < 3; i++) {
            aNetwork().fit(Samples.data(BATCHES));
        }
    }
}
