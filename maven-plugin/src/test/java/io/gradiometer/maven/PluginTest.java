package io.gradiometer.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What the plugin's descriptor and class path promise to every build. */
class PluginTest {

    private final List<Element> goals = new ArrayList<>();

    @BeforeEach
    void read_the_descriptor() throws IOException, SAXException, ParserConfigurationException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/META-INF/maven/plugin.xml"))) {
            NodeList mojos = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(in)
                    .getElementsByTagName("mojo");
            for (int i = 0; i < mojos.getLength(); i++) {
                goals.add((Element) mojos.item(i));
            }
        }
    }

    @Test
    void offers_the_goals_that_are_told_of() {
        assertThat(goals)
                .extracting(goal -> text(goal, "goal"))
                .containsExactlyInAnyOrder("check", "help", "prepare-agent", "report", "report-aggregate");
    }

    @Test
    void every_goal_runs_in_parallel_builds_and_offline() {
        assertThat(goals)
                .allMatch(goal -> text(goal, "threadSafe").equals("true"))
                .allMatch(goal -> text(goal, "requiresOnline").equals("false"));
    }

    @Test
    void goals_with_runs_belong_to_verify_and_the_agent_is_prepared_before_any_test() {
        assertThat(goals)
                .filteredOn(
                        goal -> List.of("check", "report", "report-aggregate").contains(text(goal, "goal")))
                .extracting(goal -> text(goal, "phase"))
                .containsOnly("verify");
        assertThat(goals)
                .filteredOn(goal -> text(goal, "goal").equals("prepare-agent"))
                .extracting(goal -> text(goal, "phase"))
                .containsExactly("initialize");
    }

    @Test
    void every_parameter_a_user_sets_is_described() {
        assertThat(goals).allSatisfy(goal -> {
            NodeList parameters = goal.getElementsByTagName("parameter");
            for (int i = 0; i < parameters.getLength(); i++) {
                Element parameter = (Element) parameters.item(i);
                assertThat(text(parameter, "editable").equals("false")
                                || !text(parameter, "description").isBlank())
                        .as(text(parameter, "name"))
                        .isTrue();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"org.deeplearning4j.nn.api.Model", "org.nd4j.linalg.factory.Nd4j", "org.bytedeco.javacpp.Loader"
            })
    void nothing_of_dl4j_is_on_the_class_path(String type) {
        assertThatThrownBy(() -> Class.forName(type)).isInstanceOf(ClassNotFoundException.class);
    }

    private static String text(Element parent, String child) {
        return parent.getElementsByTagName(child).item(0) == null
                ? ""
                : parent.getElementsByTagName(child).item(0).getTextContent();
    }
}
