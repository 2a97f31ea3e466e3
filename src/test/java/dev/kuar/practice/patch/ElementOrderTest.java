package dev.kuar.practice.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ElementOrderTest {
    private static final Map<String, Object> OLD = Map.of("name", "old");
    private static final Map<String, Object> NEW = Map.of("name", "new");

    @Test
    void puts_what_a_patch_without_an_order_adds_before_what_was_there() {
        assertThat(ElementOrder.order("name", List.of(OLD, NEW), List.of(NEW), List.of(OLD), null))
                .isEqualTo(List.of(NEW, OLD));
    }

    @Test
    void keeps_the_place_of_what_a_patch_changes() {
        Map<String, Object> last = Map.of("name", "last");
        assertThat(ElementOrder.order("name", List.of(OLD, last), List.of(last), List.of(OLD, last), null))
                .isEqualTo(List.of(OLD, last));
    }
}
