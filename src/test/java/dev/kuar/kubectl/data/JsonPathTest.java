package dev.kuar.kubectl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Holds what templates of Kubernetes' JSONPath give. */
final class JsonPathTest {
    private static final Object TREE = Json.parse("""
            {"items":[{"name":"a","n":1,"labels":{"x.y/z":"q"},"ready":true},{"name":"b","n":2,"tags":["s","t"]}]}""");

    private static String render(String template) {
        return JsonPath.parse(template).render(TREE);
    }

    @Test
    void walks_ranges_filters_slices_and_unions() {
        assertThat(render("{range .items[*]}{.name}={.n}{\"\\n\"}{end}")).isEqualTo("a=1\nb=2\n");
        assertThat(render("{.items[?(@.n>1)].name}")).isEqualTo("b");
        assertThat(render("{.items[?(@.name=='a')].labels}")).isEqualTo("{\"x.y/z\":\"q\"}");
        assertThat(render("{.items[0].labels.x\\.y/z}")).isEqualTo("q");
        assertThat(render("{.items[-1:].name}{.items[0]['name','n']}")).isEqualTo("ba 1");
        assertThat(render("{..name}")).isEqualTo("a b");
        assertThat(render("{.items[0].nothing}")).isEmpty();
    }

    @Test
    void says_what_is_wrong() {
        assertThatThrownBy(() -> JsonPath.parse("{.items[")).hasMessage("unterminated array");
        assertThatThrownBy(() -> JsonPath.parse("{.items")).hasMessage("unclosed action");
        assertThatThrownBy(() -> render("{.items[9].name}")).hasMessage("array index out of bounds: index 9, length 2");
    }
}
