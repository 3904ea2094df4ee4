package io.gradiometer.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.junit.jupiter.api.Test;

class BomTest {

    private static Model read(String pom) throws Exception {
        try (Reader text = Files.newBufferedReader(Path.of("..", pom))) {
            return new MavenXpp3Reader().read(text);
        }
    }

    @Test
    void has_the_version_of_what_it_manages_and_manages_nothing_else() throws Exception {
        Model bom = read("bom/pom.xml");

        assertThat(bom.getVersion()).isEqualTo(read("pom.xml").getVersion());
        assertThat(bom.getParent()).isNull();
        assertThat(bom.getDependencyManagement().getDependencies())
                .allSatisfy(managed -> assertThat(managed.getVersion()).isEqualTo("${project.version}"))
                .extracting(Dependency::getManagementKey)
                .containsExactlyInAnyOrder(
                        "io.gradiometer:gradiometer-core:jar",
                        "io.gradiometer:gradiometer-reports:jar",
                        "io.gradiometer:gradiometer-junit:jar",
                        "io.gradiometer:gradiometer-agent:jar");
    }
}
