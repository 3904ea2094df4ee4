package io.gradiometer.loops;

import static io.gradiometer.loops.LoopData.CLASSES;
import static io.gradiometer.loops.LoopData.INPUTS;
import static io.gradiometer.loops.LoopData.batch;
import static io.gradiometer.loops.LoopData.batches;
import static io.gradiometer.loops.LoopData.sequences;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A way to train a network. Each one is seeded, so that two runs of it end alike.
 *
 * <p>Loops whose network is made inside of Deeplearning4j, where nobody can put a listener on it, hand over none.
 */
public enum TrainingLoop {
    FIT_DATA_SET("MultiLayerNetwork.fit(DataSet), again and again", 12) {
        @Override
        public Model train(Consumer<Model> attach) {
            MultiLayerNetwork network = attached(small(new Adam(0.01)), attach);
            batches(12).forEach(network::fit);
            return network;
        }
    },
    FIT_ARRAYS("MultiLayerNetwork.fit(features, labels)", 6) {
        @Override
        public Model train(Consumer<Model> attach) {
            MultiLayerNetwork network = attached(small(new Nesterovs(0.05)), attach);
            batches(6).forEach(data -> network.fit(data.getFeatures(), data.getLabels()));
            return network;
        }
    },
    FIT_ITERATOR("MultiLayerNetwork.fit(iterator, epochs), twice", 16) {
        @Override
        public Model train(Consumer<Model> attach) {
            MultiLayerNetwork network = attached(small(new Adam(0.01)), attach);
            network.fit(iterator(4), 2);
            network.fit(iterator(4), 2);
            return network;
        }
    },
    GRAPH("ComputationGraph with two inputs and two outputs", 6) {
        @Override
        public Model train(Consumer<Model> attach) {
            ComputationGraph graph = new ComputationGraph(base(new Adam(0.01))
                    .graphBuilder()
                    .addInputs("left", "right")
                    .addLayer("a", dense(INPUTS, 8), "left")
                    .addLayer("b", dense(INPUTS, 8), "right")
                    .addVertex("both", new MergeVertex(), "a", "b")
                    .addLayer("class", softmax(16), "both")
                    .addLayer("value", regression(16), "both")
                    .setOutputs("class", "value")
                    .build());
            graph.init();
            attach.accept(graph);
            for (int i = 0; i < 6; i++) {
                DataSet data = batch(16, i);
                INDArray sum = data.getFeatures().sum(true, 1);
                graph.fit(new MultiDataSet(
                        new INDArray[] {data.getFeatures(), data.getFeatures()},
                        new INDArray[] {data.getLabels(), sum}));
            }
            return graph;
        }
    },
    GRAPH_ITERATOR("ComputationGraph.fit(iterator, epochs)", 8) {
        @Override
        public Model train(Consumer<Model> attach) {
            ComputationGraph graph = new ComputationGraph(base(new Sgd(0.1))
                    .graphBuilder()
                    .addInputs("in")
                    .addLayer("hidden", dense(INPUTS, 8), "in")
                    .addLayer("out", softmax(8), "hidden")
                    .setOutputs("out")
                    .build());
            graph.init();
            attach.accept(graph);
            graph.fit(iterator(4), 2);
            return graph;
        }
    },
    TRUNCATED_BPTT("truncated back-propagation through time", 9) {
        @Override
        public Model train(Consumer<Model> attach) {
            MultiLayerNetwork network = attached(
                    network(base(new Adam(0.01))
                            .list()
                            .layer(new LSTM.Builder().nIn(3).nOut(5).build())
                            .layer(rnnOutput(5))
                            .backpropType(BackpropType.TruncatedBPTT)
                            .tBPTTLength(4)),
                    attach);
            for (int i = 0; i < 3; i++) {
                network.fit(sequences(6, 12, i));
            }
            return network;
        }
    },
    RECURRENT("recurrent layers with masks", 4) {
        @Override
        public Model train(Consumer<Model> attach) {
            MultiLayerNetwork network = attached(
                    network(base(new Adam(0.01))
                            .list()
                            .layer(new LSTM.Builder().nIn(3).nOut(5).build())
                            .layer(rnnOutput(5))),
                    attach);
            for (int i = 0; i < 4; i++) {
                network.fit(LoopData.masked(sequences(6, 8, i)));
            }
            return network;
        }
    },
    WRAPPED("wrapped layers: bidirectional, last time step, frozen", 4) {
        @Override
        public Model train(Consumer<Model> attach) {
            MultiLayerNetwork network = attached(
                    network(base(new Adam(0.01))
                            .list()
                            .layer(new Bidirectional(
                                    new LSTM.Builder().nIn(3).nOut(4).build()))
                            .layer(new LastTimeStep(
                                    new SimpleRnn.Builder().nIn(8).nOut(5).build()))
                            .layer(new FrozenLayer(dense(5, 5)))
                            .layer(softmax(5))),
                    attach);
            for (int i = 0; i < 4; i++) {
                DataSet data = sequences(6, 8, i);
                network.fit(data.getFeatures(), batch(6, i).getLabels());
            }
            return network;
        }
    },
    CONVOLUTION("convolution and batch normalisation", 4) {
        @Override
        public Model train(Consumer<Model> attach) {
            MultiLayerNetwork network = attached(
                    network(base(new Adam(0.01))
                            .list()
                            .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).build())
                            .layer(new BatchNormalization())
                            .layer(softmax(0))
                            .setInputType(InputType.convolutional(6, 6, 1))),
                    attach);
            for (int i = 0; i < 4; i++) {
                DataSet data = batch(8, i);
                INDArray images = data.getFeatures().reshape(8, 1, 1, INPUTS).repeat(2, 6);
                network.fit(images, data.getLabels());
            }
            return network;
        }
    },
    EMBEDDING("embeddings", 4) {
        @Override
        public Model train(Consumer<Model> attach) {
            MultiLayerNetwork network = attached(
                    network(base(new Adam(0.01))
                            .list()
                            .layer(new EmbeddingLayer.Builder().nIn(20).nOut(6).build())
                            .layer(softmax(6))),
                    attach);
            for (int i = 0; i < 4; i++) {
                DataSet data = batch(8, i);
                network.fit(LoopData.words(8, 20, i), data.getLabels());
            }
            return network;
        }
    },
    CENTRE_LOSS("centre loss", 4) {
        @Override
        public Model train(Consumer<Model> attach) {
            MultiLayerNetwork network = attached(
                    network(base(new Adam(0.01))
                            .list()
                            .layer(dense(INPUTS, 8))
                            .layer(new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
                                    .activation(Activation.SOFTMAX)
                                    .nIn(8)
                                    .nOut(CLASSES)
                                    .build())),
                    attach);
            batches(4).forEach(network::fit);
            return network;
        }
    },
    OWN_LAYER("a layer of the user's own, made of SameDiff", 3) {
        @Override
        public Model train(Consumer<Model> attach) {
            MultiLayerNetwork network = attached(
                    network(base(new Adam(0.01))
                            .list()
                            .layer(dense(INPUTS, 4))
                            .layer(new OwnLayer(4, 5))
                            .layer(softmax(5))),
                    attach);
            batches(3).forEach(network::fit);
            return network;
        }
    },
    LINE_SEARCH("an optimiser that searches lines", 5) {
        @Override
        public Model train(Consumer<Model> attach) {
            MultiLayerNetwork network = attached(
                    network(base(new Sgd(0.1))
                            .optimizationAlgo(OptimizationAlgorithm.LBFGS)
                            .list()
                            .layer(dense(INPUTS, 8))
                            .layer(softmax(8))),
                    attach);
            batches(5).forEach(network::fit);
            return network;
        }
    },
    EARLY_STOPPING("early stopping", 8) {
        @Override
        public Model train(Consumer<Model> attach) {
            MultiLayerNetwork network = attached(small(new Adam(0.01)), attach);
            EarlyStoppingConfiguration<MultiLayerNetwork> stopping = new EarlyStoppingConfiguration.Builder<
                            MultiLayerNetwork>()
                    .epochTerminationConditions(new MaxEpochsTerminationCondition(2))
                    .scoreCalculator(new DataSetLossCalculator(iterator(2), true))
                    .build();
            new EarlyStoppingTrainer(stopping, network, iterator(4)).fit();
            return network;
        }
    },
    TRANSFER_LEARNING("transfer learning on frozen layers", 4) {
        @Override
        public Model train(Consumer<Model> attach) {
            MultiLayerNetwork known = small(new Adam(0.01));
            MultiLayerNetwork network = new TransferLearning.Builder(known)
                    .setFeatureExtractor(0)
                    .nOutReplace(1, CLASSES, WeightInit.XAVIER)
                    .build();
            attach.accept(network);
            batches(4).forEach(network::fit);
            return network;
        }
    },
    CLONE("a clone of a trained network", 4) {
        @Override
        public Model train(Consumer<Model> attach) {
            MultiLayerNetwork first = small(new Adam(0.01));
            first.fit(batch(16, 9));
            MultiLayerNetwork network = first.clone();
            attach.accept(network);
            batches(4).forEach(network::fit);
            return network;
        }
    },
    RESTORED("a network restored from a file", 4) {
        @Override
        public Model train(Consumer<Model> attach) throws IOException {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            ModelSerializer.writeModel(small(new Adam(0.01)), file, true);
            MultiLayerNetwork network =
                    ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(file.toByteArray()), true);
            attach.accept(network);
            batches(4).forEach(network::fit);
            return network;
        }
    };

    private final String words;
    private final int iterations;

    TrainingLoop(String words, int iterations) {
        this.words = words;
        this.iterations = iterations;
    }

    /**
     * Trains from the beginning.
     *
     * @param attach called with the network once it is initialised
     * @return the trained network
     */
    public abstract Model train(Consumer<Model> attach) throws IOException;

    /** Says what is trained, for people. */
    public String words() {
        return words;
    }

    /** Returns how many iterations of that network there are to see. */
    public int iterations() {
        return iterations;
    }

    /** Returns copies of the parameters and of the updater's state, which an observer must not change. */
    public static List<INDArray> state(Model model) {
        INDArray updater = model instanceof ComputationGraph graph
                ? graph.getUpdater().getStateViewArray()
                : ((MultiLayerNetwork) model).getUpdater().getStateViewArray();
        return List.of(model.params().dup(), updater == null ? Nd4j.zeros(1) : updater.dup());
    }

    private static MultiLayerNetwork attached(MultiLayerNetwork network, Consumer<Model> attach) {
        attach.accept(network);
        return network;
    }

    private static NeuralNetConfiguration.Builder base(IUpdater updater) {
        return new NeuralNetConfiguration.Builder()
                .seed(42)
                .updater(updater)
                .activation(Activation.TANH)
                .weightInit(WeightInit.XAVIER);
    }

    private static MultiLayerNetwork network(MultiLayerConfiguration.Builder layers) {
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        return network;
    }

    private static MultiLayerNetwork small(IUpdater updater) {
        return network(base(updater).list().layer(dense(INPUTS, 8)).layer(softmax(8)));
    }

    private static DenseLayer dense(int in, int out) {
        return new DenseLayer.Builder().nIn(in).nOut(out).build();
    }

    private static OutputLayer softmax(int in) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nIn(in)
                .nOut(CLASSES)
                .build();
    }

    private static OutputLayer regression(int in) {
        return new OutputLayer.Builder(LossFunction.MSE)
                .activation(Activation.IDENTITY)
                .nIn(in)
                .nOut(1)
                .build();
    }

    private static RnnOutputLayer rnnOutput(int in) {
        return new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nIn(in)
                .nOut(2)
                .build();
    }

    private static ListDataSetIterator<DataSet> iterator(int count) {
        return new ListDataSetIterator<>(List.copyOf(batches(count)), 1);
    }
}
