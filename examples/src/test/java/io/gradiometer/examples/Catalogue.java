package io.gradiometer.examples;

import java.util.List;
import java.util.stream.Stream;

/** All pairs of a faulty program and its healthy twin. */
final class Catalogue {

    private Catalogue() {}

    static List<Example> all() {
        return Stream.of(
                        DepthExamples.all(),
                        RateExamples.all(),
                        OutputExamples.all(),
                        DataExamples.all(),
                        RegularizationExamples.all(),
                        ConvolutionalExamples.all(),
                        RecurrentExamples.all(),
                        GraphExamples.all(),
                        SameDiffExamples.all())
                .flatMap(List::stream)
                .toList();
    }
}
