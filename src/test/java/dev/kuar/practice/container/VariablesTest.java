package dev.kuar.practice.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** An environment with shared variables behaves as a map of its own. */
final class VariablesTest {
    private final Map<String, String> shared = new LinkedHashMap<>(Map.of("S", "shared"));

    @Test
    void own_ones_come_first_then_shared_then_what_was_added() {
        shared.put("A", "hidden");
        Variables variables = Variables.of(Map.of("A", "own"), shared);
        variables.put("HOME", "/root");
        assertThat(new ArrayList<>(variables.entrySet()))
                .containsExactly(Map.entry("A", "own"), Map.entry("S", "shared"), Map.entry("HOME", "/root"));
    }

    @Test
    void are_laid_over_others_which_come_first() {
        Map<String, String> image = new LinkedHashMap<>();
        image.put("PATH", "/bin");
        image.put("S", "of the image");
        image.put("A", "of the image");
        Variables variables = Variables.of(Map.of("A", "own"), shared).over(image);
        assertThat(new ArrayList<>(variables.entrySet()))
                .containsExactly(Map.entry("PATH", "/bin"), Map.entry("S", "shared"), Map.entry("A", "own"));
    }

    @Test
    void a_copy_changes_by_itself_and_what_is_shared_never() {
        Variables one = Variables.of(Map.of("A", "own"), shared);
        Variables other = Variables.copyOf(one);
        other.remove("S");
        other.put("A", "changed");
        other.put("S", "again");
        assertThat(one).isEqualTo(Map.of("A", "own", "S", "shared"));
        assertThat(other).isEqualTo(Map.of("A", "changed", "S", "again"));
        other.clear();
        assertThat(other).isEmpty();
        assertThat(shared).isEqualTo(Map.of("S", "shared"));
    }

    @Test
    void do_what_a_map_does() {
        Random random = new Random(20261129L);
        Variables variables = Variables.of(Map.of("k1", "a", "k2", "b"), Map.of("k2", "c", "k3", "d"));
        Map<String, String> model = new LinkedHashMap<>(Map.of("k1", "a", "k2", "b", "k3", "d"));
        for (int i = 0; i < 5000; i++) {
            String key = "k" + random.nextInt(8);
            switch (random.nextInt(4)) {
                case 0 -> assertThat(variables.remove(key)).isEqualTo(model.remove(key));
                case 1 -> assertThat(variables.put(key, "v" + i)).isEqualTo(model.put(key, "v" + i));
                case 2 -> {
                    List<String> gone = List.of(key);
                    variables.keySet().removeIf(gone::contains);
                    model.keySet().removeIf(gone::contains);
                }
                default -> assertThat(variables.getOrDefault(key, "")).isEqualTo(model.getOrDefault(key, ""));
            }
            assertThat(variables).isEqualTo(model).hasSameSizeAs(model);
        }
    }
}
