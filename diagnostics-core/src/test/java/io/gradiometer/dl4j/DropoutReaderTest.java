package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.base;
import static io.gradiometer.dl4j.Networks.network;
import static io.gradiometer.dl4j.Networks.softmax;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradiometer.signal.DropoutView;
import java.util.List;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

class DropoutReaderTest {

    private static DropoutView read(IDropout dropout) {
        List<DropoutView> views = DropoutReader.read(
                new DenseLayer.Builder().nIn(2).nOut(2).dropOut(dropout).build());
        assertThat(views).hasSize(1);
        return views.get(0);
    }

    @Test
    void a_layer_without_dropout_leaves_nothing_to_chance() {
        assertThat(DropoutReader.read(new DenseLayer.Builder().nIn(2).nOut(2).build()))
                .isEmpty();
        assertThat(DropoutReader.read(
                        new DenseLayer.Builder().nIn(2).nOut(2).dropOut(0.0).build()))
                .isEmpty();
    }

    @Test
    void the_number_is_the_probability_to_keep_a_value() {
        assertThat(read(new Dropout(0.1))).isEqualTo(new DropoutView("Dropout", 0.1));
        assertThat(read(new AlphaDropout(0.2))).isEqualTo(new DropoutView("AlphaDropout", 0.2));
        assertThat(read(new SpatialDropout(0.3))).isEqualTo(new DropoutView("SpatialDropout", 0.3));
    }

    @Test
    void gaussian_dropout_takes_a_rate_instead() {
        assertThat(read(new GaussianDropout(0.1)).kept()).isCloseTo(0.9, within(1e-12));
    }

    @Test
    void noise_and_schedules_have_no_such_number() {
        assertThat(read(new GaussianNoise(0.5)).kept()).isNaN();
        assertThat(read(new Dropout(new StepSchedule(ScheduleType.EPOCH, 0.9, 0.5, 1)))
                        .kept())
                .isNaN();
    }

    @Test
    void weights_that_are_dropped_come_second() {
        Layer layer = new DenseLayer.Builder()
                .nIn(2)
                .nOut(2)
                .dropOut(0.5)
                .weightNoise(new DropConnect(0.7))
                .build();

        assertThat(DropoutReader.read(layer))
                .containsExactly(new DropoutView("Dropout", 0.5), new DropoutView("DropConnect", 0.7));
    }

    @Test
    void a_network_shows_its_dropout_layer_by_layer() {
        MultiLayerNetwork network = network(base(new Sgd(0.1))
                .list()
                .layer(new DenseLayer.Builder().nIn(6).nOut(8).build())
                .layer(new DropoutLayer(0.25))
                .layer(softmax(8)));

        assertThat(Layout.of(network).view().layers())
                .extracting(layer -> layer.dropouts())
                .containsExactly(List.of(), List.of(new DropoutView("Dropout", 0.25)), List.of());
    }
}
