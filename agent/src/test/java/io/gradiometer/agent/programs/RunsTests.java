package io.gradiometer.agent.programs;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs tests as builds do, or trains before JUnit is there and after. */
public final class RunsTests {

    private RunsTests() {}

    public static void main(String[] args) {
        MultiLayerNetwork early = new MultiLayerNetwork(Samples.network(0.1));
        if (args.length > 0) {
            early.init();
            early.fit(Samples.data(8));
        }
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        try (LauncherSession session = LauncherFactory.openSession()) {
            session.getLauncher()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(SampleCase.class))
                                    .build(),
                            summary);
        }
        System.out.println("passed " + summary.getSummary().getTestsSucceededCount());
        if (args.length > 0) {
            early.fit(Samples.data(6));
        }
    }
}
