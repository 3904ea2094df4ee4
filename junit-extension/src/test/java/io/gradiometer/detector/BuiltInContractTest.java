package io.gradiometer.detector;

import io.gradiometer.config.Configuration;
import io.gradiometer.junit.DetectorContract;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** What is asked of other people's detectors our own do. */
class BuiltInContractTest {

    @TestFactory
    Stream<DynamicContainer> every_built_in_detector_keeps_the_contract() {
        return BuiltInDetectors.ALL.stream()
                .map(entry -> DynamicContainer.dynamicContainer(entry.info().id(), promises(entry)));
    }

    private static Stream<DynamicTest> promises(BuiltInDetectors.Entry<?> entry) {
        DetectorContract contract = () -> entry.create(Configuration.of());
        return Stream.of(
                promise("says what it is", contract::says_what_it_is),
                promise("cannot tell before it has seen enough", contract::cannot_tell_before_it_has_seen_enough),
                promise("concludes the same of the same steps", contract::concludes_the_same_of_the_same_steps),
                promise("stays the same when asked", contract::concludes_the_same_however_often_it_is_asked),
                promise("shares no state", contract::concludes_the_same_while_another_of_its_kind_is_at_work),
                promise("can be replayed", contract::concludes_the_same_from_a_trace),
                promise("stands whatever a run brings", contract::stands_whatever_a_run_brings),
                promise("reports in its own name", contract::reports_in_its_own_name_what_the_network_has),
                promise("is free of units", contract::judges_the_same_whatever_the_unit_of_the_loss),
                promise("is bounded", contract::keeps_no_more_of_a_long_run_than_of_a_short_one));
    }

    private static DynamicTest promise(String name, Executable test) {
        return DynamicTest.dynamicTest(name, test);
    }
}
