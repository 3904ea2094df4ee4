package io.gradiometer.dl4j;

import static io.gradiometer.dl4j.SameDiffNetworks.batches;
import static io.gradiometer.dl4j.SameDiffNetworks.classifier;
import static io.gradiometer.dl4j.SameDiffNetworks.configured;
import static io.gradiometer.dl4j.SameDiffNetworks.stack;
import static io.gradiometer.dl4j.SameDiffNetworks.withLoss;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.listeners.records.History;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.regularization.L2Regularization;

/** The first law, for {@code SameDiff}: what a program can see of a training is the same, bit for bit, with and without us. */
class SameDiffObservingChangesNothingTest {

    /** What a program could see of a run when it is over. */
    private record Traces(
            Map<String, String> parameters, Map<String, String> updaterState, List<String> losses, String nextRandom) {}

    private static Traces train(Supplier<SameDiff> make, boolean observed) {
        Nd4j.getRandom().setSeed(7);
        SameDiff network = make.get();
        if (observed) {
            network.addListeners(new SameDiffListener());
        }
        List<String> losses = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            History history = network.fit(batches(40), 4);
            losses.add(history.lossCurve().getLossNames() + ""
                    + Arrays.toString(
                            history.lossCurve().getLossValues().dup().data().asFloat()));
        }
        Map<String, String> parameters = new TreeMap<>();
        for (SDVariable variable : network.variables()) {
            if (variable.getVariableType() == VariableType.VARIABLE) {
                parameters.put(
                        variable.name(),
                        Arrays.toString(variable.getArr().dup().data().asFloat()));
            }
        }
        Map<String, String> state = new TreeMap<>();
        network.getUpdaterMap().forEach((name, raw) -> {
            GradientUpdater<?> updater = raw;
            updater.getState()
                    .forEach((key, array) -> state.put(
                            name + "." + key, Arrays.toString(array.dup().data().asFloat())));
        });
        return new Traces(
                parameters,
                state,
                losses,
                Arrays.toString(Nd4j.rand(DataType.FLOAT, 4).data().asFloat()));
    }

    private static void assertSame(Supplier<SameDiff> make) {
        Traces without = train(make, false);
        Traces with = train(make, true);

        assertThat(with).isEqualTo(without);
        assertThat(with.parameters()).isNotEmpty();
        assertThat(with.updaterState()).isNotEmpty();
    }

    @Test
    void in_a_classifier() {
        assertSame(() -> classifier(new Adam(0.01)));
    }

    @Test
    void in_a_network_with_regularisation() {
        assertSame(() -> classifier(new Adam(0.01), List.of(new L2Regularization(0.01))));
    }

    @Test
    void in_a_network_that_draws_random_numbers() {
        assertSame(() -> {
            SameDiff network = stack(2, x -> x.mul(x.getSameDiff().random().bernoulli(0.5, DataType.FLOAT, 16, 8)));
            network.loss().softmaxCrossEntropy("loss", network.getVariable("labels"), network.getVariable("out"), null);
            return configured(network, new Adam(0.01), List.of());
        });
    }

    @Test
    void in_a_network_with_several_losses() {
        assertSame(() -> withLoss(new Adam(0.01), (labels, out) -> {
            SameDiff sd = out.getSameDiff();
            return sd.loss()
                    .softmaxCrossEntropy(labels, out, null)
                    .add("loss", sd.loss().huberLoss(labels, sd.nn().tanh(out), null, 0.3));
        }));
    }
}
