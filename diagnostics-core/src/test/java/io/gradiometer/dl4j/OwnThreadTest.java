package io.gradiometer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradiometer.config.Configuration;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class OwnThreadTest {

    /** An agent that wants every network. */
    private static final class Keeper implements AgentKeeper {
        @Override
        public Configuration configuration() {
            return Configuration.of();
        }

        @Override
        public boolean wants(String modelClass, String callerClass) {
            return true;
        }

        @Override
        public void keep(Observation observation, Object model) {}

        @Override
        public boolean failsFast() {
            return false;
        }

        @Override
        public void trouble(Throwable fault) {
            throw new AssertionError(fault);
        }
    }

    @Test
    void the_agent_leaves_out_what_trains_there() {
        Model network = Networks.small();
        Keeper agent = new Keeper();

        assertThat(ObservationScope.observedByAgent(network, agent)).isNotNull();
        assertThat(OwnThread.compute(() -> ObservationScope.observedByAgent(network, agent) == null))
                .isTrue();
    }

    @Test
    void chance_there_is_not_the_callers() {
        Nd4j.getRandom().setSeed(5);
        double expected = Nd4j.rand(DataType.DOUBLE, 1).getDouble(0);

        Nd4j.getRandom().setSeed(5);
        OwnThread.compute(() -> {
            Nd4j.getRandom().setSeed(6);
            return Nd4j.rand(DataType.DOUBLE, 9);
        });

        assertThat(Nd4j.rand(DataType.DOUBLE, 1).getDouble(0)).isEqualTo(expected);
    }

    @Test
    void what_goes_wrong_comes_out_with_its_cause() {
        RuntimeException cause = new RuntimeException("no such layer");

        assertThatThrownBy(() -> OwnThread.compute(() -> {
                    throw cause;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no such layer")
                .hasCause(cause);
    }

    @Test
    void an_interrupted_caller_stays_interrupted_and_is_told() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> OwnThread.compute(() -> 1)).hasMessageContaining("interrupted");

        assertThat(Thread.interrupted()).isTrue();
    }
}
