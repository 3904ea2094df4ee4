package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.Networks.INPUTS;
import static io.gradiometer.dl4j.Networks.base;
import static io.gradiometer.dl4j.Networks.batches;
import static io.gradiometer.dl4j.Networks.dense;
import static io.gradiometer.dl4j.Networks.network;
import static io.gradiometer.dl4j.Networks.softmax;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.finding.Diagnosis;
import io.gradiometer.finding.Finding;
import io.gradiometer.finding.Severity;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** The mistake that Deeplearning4j invites: its dropout takes the probability to keep a value. */
class DropoutInRunsTest {

    private static Diagnosis trained(double dropOut) {
        MultiLayerNetwork network = network(base(new Adam(0.02))
                .dropOut(dropOut)
                .list()
                .layer(dense(INPUTS, 16))
                .layer(dense(16, 16))
                .layer(softmax(16)));
        GradiometerListener listener = new GradiometerListener();
        network.addListeners(listener);
        for (int epoch = 0; epoch < 10; epoch++) {
            for (DataSet data : batches(10)) {
                network.fit(data);
            }
        }
        return listener.diagnosis();
    }

    @Test
    void keeping_a_tenth_where_a_tenth_was_to_be_dropped_is_found() {
        assertThat(trained(0.1).findings())
                .filteredOn(finding -> finding.id().equals("dropout-too-strong"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.INFO);
                    assertThat(finding.layers()).containsExactly("layer0", "layer1", "layer2");
                    assertThat(finding.remedies().get(0).code()).isEqualTo(".dropOut(0.9)");
                });
    }

    @Test
    void keeping_nine_tenths_is_not() {
        assertThat(trained(0.9).findings()).extracting(Finding::id).doesNotContain("dropout-too-strong");
    }
}
