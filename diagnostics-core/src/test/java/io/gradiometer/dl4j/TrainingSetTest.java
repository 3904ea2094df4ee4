package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class TrainingSetTest {

    private static final TrialData DATA = data();

    private static TrialData data() {
        List<MultiDataSet> batches = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            INDArray features = Nd4j.create(new float[][] {{10 * i, 1}, {10 * i + 5, 2}});
            batches.add(new DataSet(features, features.getColumn(0, true).mul(100)).toMultiDataSet());
        }
        return new TrialData(batches, batches, 4, 1, 1);
    }

    @Test
    void batches_come_as_they_are_where_nothing_else_is_asked_for() {
        assertThat(new TrainingSet(DATA, DataPlan.AS_IT_IS).pass(1)).isEqualTo(DATA.training());
    }

    @Test
    void batches_are_cut_anew_and_the_last_one_may_be_smaller() {
        List<MultiDataSet> pass = new TrainingSet(DATA, DataPlan.AS_IT_IS.withBatch(3)).pass(1);

        assertThat(pass).extracting(Batches::examples).containsExactly(3, 3, 2);
        assertThat(pass.get(1).getFeatures(0).getDouble(0, 0)).isEqualTo(15);
    }

    @Test
    void shuffling_draws_every_example_once_and_another_order_for_every_pass() {
        TrainingSet set = new TrainingSet(DATA, DataPlan.AS_IT_IS.withShuffling());

        assertThat(firstColumn(set.pass(1)))
                .containsExactlyInAnyOrder(0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0)
                .isNotEqualTo(firstColumn(set.pass(2)));
        assertThat(firstColumn(set.pass(1))).isEqualTo(firstColumn(set.pass(1)));
        assertThat(set.pass(1))
                .allSatisfy(batch -> assertThat(batch.getLabels(0).getDouble(0, 0))
                        .isEqualTo(100 * batch.getFeatures(0).getDouble(0, 0)));
    }

    private static List<Double> firstColumn(List<MultiDataSet> batches) {
        List<Double> values = new ArrayList<>();
        for (MultiDataSet batch : batches) {
            for (int i = 0; i < Batches.examples(batch); i++) {
                values.add(batch.getFeatures(0).getDouble(i, 0));
            }
        }
        return values;
    }

    @Test
    void inputs_and_targets_are_standardised_and_answers_brought_back() {
        TrainingSet set = new TrainingSet(
                DATA,
                DataPlan.AS_IT_IS.withInputs(DataPlan.Scaling.STANDARDISED).withTargets(DataPlan.Scaling.STANDARDISED));

        MultiDataSet first = set.pass(1).get(0);
        INDArray[] answers = {first.getLabels(0).dup()};
        set.restore(answers);

        assertThat(firstColumn(set.pass(1)).stream().mapToDouble(v -> v).sum()).isCloseTo(0, within(1e-5));
        assertThat(first.getLabels(0).getDouble(0)).isNegative();
        assertThat(answers[0].getDouble(1)).isCloseTo(500, within(1e-2));
        assertThat(DATA.training().get(0).getLabels(0).getDouble(1)).isEqualTo(500);
    }

    @Test
    void held_out_features_are_scaled_as_the_training_data_was() {
        TrainingSet set = new TrainingSet(DATA, DataPlan.AS_IT_IS.withInputs(DataPlan.Scaling.MIN_MAX));

        MultiDataSet other =
                new DataSet(Nd4j.create(new float[][] {{70, 1}}), Nd4j.create(new float[][] {{1}})).toMultiDataSet();

        assertThat(set.features(other).getFeatures(0).getDouble(0, 0)).isCloseTo(2, within(1e-6));
    }
}
