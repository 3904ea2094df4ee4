package io.gradiometer.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void every_finite_number_comes_back_as_it_was() throws IOException {
        Random random = new Random(17);
        for (int trial = 0; trial < 10_000; trial++) {
            double value = Double.longBitsToDouble(random.nextLong());

            JsonObject read = new JsonObject(Json.readObject(Json.write(Map.of("x", value))));

            assertThat(read.number("x")).isEqualTo(Double.valueOf(value));
        }
    }

    @Test
    void every_whole_number_comes_back_as_it_was() throws IOException {
        for (long value : new long[] {0, -1, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(new JsonObject(Json.readObject(Json.write(Map.of("x", value)))).integer("x"))
                    .isEqualTo(value);
        }
    }

    @Test
    void nothing_is_nothing_in_objects_and_lists() throws IOException {
        String json = Json.write(Map.of("list", Arrays.asList("a", null, "b")));

        assertThat(Json.readObject(json)).isEqualTo(Map.of("list", List.of("a", "b")));
        assertThat(Json.readObject("{\"x\": null}")).isEmpty();
    }

    @Test
    void a_member_of_another_type_counts_as_absent() throws IOException {
        JsonObject json = new JsonObject(
                Json.readObject(
                        "{\"text\": \"a\", \"number\": 1.5, \"flag\": true, \"list\": [1, \"b\", {}], \"object\": {\"x\": 1}}"));

        assertThat(json.text("number")).isEmpty();
        assertThat(json.textOrNull("flag")).isNull();
        assertThat(json.flag("text")).isFalse();
        assertThat(json.integer("text")).isZero();
        assertThat(json.number("text")).isNaN();
        assertThat(json.numberOrNull("absent")).isNull();
        assertThat(json.texts("list")).containsExactly("b");
        assertThat(json.texts("object")).isEmpty();
        assertThat(json.objects("list")).hasSize(1);
        assertThat(json.objectOrNull("list")).isNull();
        assertThat(json.object("list").members()).isEmpty();
        assertThat(json.object("object").integer("x")).isEqualTo(1);
    }
}
