package io.gradiometer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradiometer.config.Setting;
import java.io.StringReader;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;

class PomElementsTest {

    private static Xpp3Dom configuration(String xml) throws Exception {
        return Xpp3DomBuilder.build(new StringReader("<configuration>" + xml + "</configuration>"));
    }

    @Test
    void reads_settings_rules_and_suppressions() throws Exception {
        Xpp3Dom configuration = configuration("<failOn>warning</failOn>"
                + "<rules><rule><id>dead-units</id><severity>never</severity></rule>"
                + "<rule><layer>out</layer><severity>info</severity></rule></rules>"
                + "<suppressions><suppression><id>non-finite</id><until>2027-01-31</until>"
                + "<reason>known</reason></suppression></suppressions>");

        assertThat(PomElements.settings(configuration)).containsEntry(Setting.FAIL_ON, "warning");
        assertThat(PomElements.rules(configuration))
                .extracting(Rule::text)
                .containsExactly("id=dead-units; severity=never", "layer=out; severity=info");
        assertThat(PomElements.suppressions(configuration))
                .extracting(Suppression::text)
                .containsExactly("id=non-finite; until=2027-01-31; reason=known");
    }

    @Test
    void reads_nothing_from_nothing() throws Exception {
        assertThat(PomElements.settings(null)).isEmpty();
        assertThat(PomElements.rules(null)).isEmpty();
        assertThat(PomElements.suppressions(configuration("<failOn>error</failOn>")))
                .isEmpty();
    }
}
