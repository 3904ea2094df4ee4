package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.INPUTS;
import static io.gradiometer.dl4j.Networks.base;
import static io.gradiometer.dl4j.Networks.batch;
import static io.gradiometer.dl4j.Networks.network;
import static io.gradiometer.dl4j.Networks.softmax;
import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

class DeterminismCheckTest {

    private static CheckResult check(Model model, DataSet batch) {
        return ModelChecks.isDeterministic(model, batch.toMultiDataSet());
    }

    private static void passes(Model model, DataSet batch) {
        CheckResult result = check(model, batch);
        assertThat(result.passed()).as(result.text()).isTrue();
    }

    @Test
    void passes_networks_whose_chance_is_nd4js() {
        passes(Networks.small(new Adam(0.01)), batch(16, 1));
        passes(Networks.graph(new Adam(0.01)), batch(16, 1));
        passes(CheckSamples.convolutional(0.5), CheckSamples.images());
        passes(CheckSamples.recurrent(), CheckSamples.series());
    }

    @Test
    void passes_parameters_that_are_the_same_nan() {
        passes(Networks.small(new Sgd(Double.NaN)), batch(16, 1));
    }

    @Test
    void fails_a_layer_with_a_chance_of_its_own_and_names_iteration_and_parameter() {
        CheckResult result = check(
                network(base(new Sgd(0.1))
                        .list()
                        .layer(new FaultyLayer(INPUTS, 8, FaultyLayer.Fault.OWN_CHANCE))
                        .layer(softmax(8))),
                batch(16, 1));

        assertThat(result.passed()).isFalse();
        assertThat(result.summary()).contains("from iteration 0 on", "of layer 'layer");
        assertThat(CheckSamples.fact(result, "largest difference there")).isPositive();
    }
}
