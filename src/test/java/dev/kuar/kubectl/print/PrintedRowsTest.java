package dev.kuar.kubectl.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class PrintedRowsTest {
    @Test
    void a_table_is_read_by_the_places_of_its_titles() {
        String printed = """
                NAMESPACE     NAME            READY   NOMINATED NODE   AGE
                kube-system   pod/coredns-1   1/1     <none>           4m (x2)
                default       pod/web                                  5s

                NAME          TYPE
                service/web   ClusterIP
                """;

        assertThat(PrintedRows.of(printed, "wide", true, true))
                .containsExactly(
                        Map.of(
                                "namespace", "kube-system",
                                "name", "coredns-1",
                                "ready", "1/1",
                                "nominated node", "<none>",
                                "age", "4m (x2)"),
                        Map.of("namespace", "default", "name", "web", "ready", "", "nominated node", "", "age", "5s"));
    }

    @Test
    void without_titles_only_names_are_known() {
        assertThat(PrintedRows.of("kube-system   coredns-1   1/1\n", "", false, true))
                .containsExactly(Map.of("namespace", "kube-system", "name", "coredns-1"));
        assertThat(PrintedRows.of("coredns-1   1/1\n", "", false, false)).containsExactly(Map.of("name", "coredns-1"));
    }

    @Test
    void objects_and_names_are_read_in_every_form_that_has_them() {
        assertThat(PrintedRows.of("node/a\nnode/b\n", "name", true, false))
                .containsExactly(Map.of("name", "a"), Map.of("name", "b"));
        assertThat(PrintedRows.of(
                        "{\"kind\":\"List\",\"items\":[{\"metadata\":{\"name\":\"p\",\"namespace\":\"n\"}}]}",
                        "json",
                        true,
                        false))
                .containsExactly(Map.of("name", "p", "namespace", "n"));
        assertThat(PrintedRows.of("kind: Node\nmetadata:\n  name: a\n", "yaml", true, false))
                .containsExactly(Map.of("name", "a"));
        assertThat(PrintedRows.of("a b c", "jsonpath={.items[*].metadata.name}", true, false))
                .isEmpty();
    }

    @Test
    void what_is_no_table_has_no_rows() {
        assertThat(PrintedRows.of("No resources found in default namespace.\n", "", true, false))
                .isEmpty();
        assertThat(PrintedRows.of("{\"kind\":", "json", true, false)).isEmpty();
    }
}
