package dev.kuar.practice.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class LabelSelectorTest {
    @Test
    void matches_every_operator() {
        LabelSelector selector = LabelSelector.parse("a=1,b!=2,c in (x, y),d notin (z),e,!f,n>3");
        assertThat(selector.matches(Map.of("a", "1", "c", "x", "e", "", "n", "4")))
                .isTrue();
        assertThat(selector.matches(Map.of("a", "1", "c", "x", "e", "", "n", "3")))
                .isFalse();
        assertThat(selector.matches(Map.of("a", "1", "c", "x", "e", "", "f", "", "n", "4")))
                .isFalse();
        assertThat(selector.matches(Map.of("a", "1", "b", "2", "c", "x", "e", "", "n", "4")))
                .isFalse();
    }

    @Test
    void refuses_in_the_words_of_the_parser() {
        assertRefusal("a in (b", "unable to parse requirement: found '', expected: ',' or ')'");
        assertRefusal("a=b,", "found '', expected: identifier after ','");
        assertRefusal("=", "found '=', expected: !, identifier, or 'end of string'");
    }

    @Test
    void prints_an_objects_selector_by_key() {
        LabelSelector selector = LabelSelector.ofObject(Map.of("matchLabels", Map.of("b", "2", "a", "1")));
        assertThat(selector).hasToString("a=1,b=2");
    }

    private static void assertRefusal(String selector, String message) {
        assertThatThrownBy(() -> LabelSelector.parse(selector)).hasMessage(message);
    }
}
