package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.signal.LayerView;
import io.gradiometer.signal.ParameterView;
import io.gradiometer.signal.Role;
import io.gradiometer.signal.Step;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class SameDiffLayersTest {

    private static final Random RANDOM = new Random(3);

    private static INDArray random(long... shape) {
        INDArray array = Nd4j.create(DataType.FLOAT, shape);
        for (long i = 0; i < array.length(); i++) {
            array.putScalar(i, 0.3 * RANDOM.nextGaussian());
        }
        return array;
    }

    private static SameDiffSteps train(SameDiff network, SDVariable out, INDArray features) {
        SDVariable labels = network.placeHolder("labels", DataType.FLOAT, -1, 3);
        network.loss().softmaxCrossEntropy("loss", labels, out, null);
        SameDiffNetworks.configured(network, new Sgd(0.1), List.of());
        SameDiffSteps steps = new SameDiffSteps(network);
        INDArray answers = Nd4j.zeros(DataType.FLOAT, features.size(0), 3);
        for (int i = 0; i < features.size(0); i++) {
            answers.putScalar(i, i % 3, 1);
        }
        network.fit(new DataSet(features, answers));
        return steps;
    }

    private static List<LayerView> layers(SameDiffSteps steps) {
        return steps.probe().view().layers();
    }

    @Test
    void reads_a_convolutional_network() {
        SameDiff sd = SameDiff.create();
        SDVariable input = sd.placeHolder("input", DataType.FLOAT, -1, 2, 6, 6);
        SDVariable kernel = sd.var("conv.kernel", random(3, 3, 2, 4));
        SDVariable bias = sd.var("conv.bias", random(4));
        SDVariable convolved = sd.cnn()
                .conv2d(input, kernel, bias, Conv2DConfig.builder().kH(3).kW(3).build());
        SDVariable flat = sd.nn().relu(convolved, 0).reshape(-1, 64);
        SDVariable out = flat.mmul(sd.var("dense", random(64, 3)));

        SameDiffSteps steps = train(sd, out, random(5, 2, 6, 6));

        LayerView convolution = layers(steps).get(0);
        assertThat(convolution.name()).isEqualTo("conv");
        assertThat(convolution.type()).isEqualTo("conv2d");
        assertThat(convolution.activation()).isEqualTo("relu");
        assertThat(convolution.fanIn()).isEqualTo(3 * 3 * 2);
        assertThat(convolution.fanOut()).isEqualTo(3 * 3 * 4);
        assertThat(convolution.parameters()).extracting(ParameterView::role).containsExactly(Role.WEIGHT, Role.BIAS);
        assertThat(layers(steps).get(1).fanIn()).isEqualTo(64);
        assertThat(steps.last().layers())
                .allSatisfy(step -> assertThat(step.signal()).isPositive());
    }

    @Test
    void reads_weights_that_stand_on_the_left() {
        SameDiff sd = SameDiff.create();
        SDVariable input = sd.placeHolder("input", DataType.FLOAT, -1, 6);
        SDVariable hidden = sd.mmul(sd.var("w", random(8, 6)), input, false, true, false);
        SDVariable out = sd.mmul(sd.math().tanh(hidden), sd.var("v", random(3, 8)), true, true, false);

        SameDiffSteps steps = train(sd, out, random(5, 6));

        assertThat(layers(steps)).extracting(LayerView::name).containsExactly("w", "v");
        assertThat(layers(steps)).extracting(LayerView::fanIn).containsExactly(6L, 8L);
        assertThat(layers(steps)).extracting(LayerView::fanOut).containsExactly(8L, 3L);
    }

    @Test
    void knows_look_ups_and_normalisations() {
        SameDiff sd = SameDiff.create();
        SDVariable input = sd.placeHolder("input", DataType.INT32, -1);
        SDVariable table = sd.var("table", random(10, 8));
        SDVariable found = sd.gather(table, input, 0);
        SDVariable normalised = sd.nn().layerNorm(found, sd.var("norm_gain", random(8)), false, 1);
        SDVariable out = normalised.mmul(sd.var("dense", random(8, 3)));

        // Deeplearning4j cannot train it: the table's gradient reads an array that it has closed before.
        sd.loss().softmaxCrossEntropy("loss", sd.placeHolder("labels", DataType.FLOAT, -1, 3), out, null);
        SameDiffNetworks.configured(sd, new Sgd(0.1), List.of()).createGradFunction();
        List<LayerView> layers =
                SameDiffLayout.of(sd, sd.getFunction("grad")).view().layers();

        assertThat(layers).extracting(LayerView::type).containsExactly("Embedding", "layer_norm", "matmul");
        assertThat(layers)
                .flatExtracting(LayerView::parameters)
                .extracting(ParameterView::role)
                .containsExactly(Role.WEIGHT, Role.SCALE, Role.WEIGHT);
        assertThat(layers).extracting(LayerView::fanIn).containsExactly(0L, 0L, 8L);
    }

    @Test
    void reads_linear_layers_of_one_operation() {
        SameDiff sd = SameDiff.create();
        SDVariable input = sd.placeHolder("input", DataType.FLOAT, -1, 6);
        SDVariable hidden = sd.nn().reluLayer(input, sd.var("a/W", random(6, 8)), sd.var("a/b", random(8)));
        SDVariable out = sd.nn().linear(hidden, sd.var("z/W", random(8, 3)), sd.var("z/b", random(3)));

        SameDiffSteps steps = train(sd, out, random(5, 6));

        assertThat(layers(steps)).extracting(LayerView::name).containsExactly("a", "z");
        assertThat(layers(steps)).extracting(LayerView::activation).containsExactly("relu", "softmax");
        assertThat(layers(steps))
                .flatExtracting(LayerView::parameters)
                .extracting(ParameterView::role)
                .containsExactly(Role.WEIGHT, Role.BIAS, Role.WEIGHT, Role.BIAS);
    }

    @Test
    void takes_the_nearest_layer_before_the_loss_for_the_output() {
        SameDiff sd = SameDiff.create();
        SDVariable input = sd.placeHolder("input", DataType.FLOAT, -1, 6);
        SDVariable first = sd.nn().elu(input.mmul(sd.var("first", random(6, 3))));
        SDVariable second = sd.math().tanh(first.mmul(sd.var("second", random(3, 3))));
        SDVariable out = first.add(second.mmul(sd.var("third", random(3, 3))));

        SameDiffSteps steps = train(sd, out, random(5, 6));

        assertThat(layers(steps)).extracting(LayerView::isOutput).containsExactly(false, false, true);
    }

    @Test
    void calls_layers_by_what_their_variables_share() {
        assertThat(new LayerNames(List.of(List.of("enc/W", "enc/b"), List.of("dec.w", "dec.b"), List.of("out")))
                        .names())
                .containsExactly("enc", "dec", "out");
        assertThat(new LayerNames(List.of(List.of("w0", "w0_bias"), List.of("width", "wide"))).names())
                .containsExactly("w0", "width");
        assertThat(new LayerNames(List.of(List.of("net/w0", "net/b0"), List.of("net/w1", "net/b1"))).names())
                .containsExactly("net/w0", "net/w1");
    }

    @Test
    void reads_a_deep_chain_without_running_out_of_stack() {
        SameDiff sd = SameDiff.create();
        SDVariable current = sd.placeHolder("input", DataType.FLOAT, -1, 3);
        for (int i = 0; i < 150; i++) {
            current = sd.math().tanh(current.mul(1.01));
        }
        SDVariable out = current.mmul(sd.var("only", random(3, 3)));

        Step step = train(sd, out, random(4, 3)).last();

        assertThat(step.loss()).isFinite();
    }
}
