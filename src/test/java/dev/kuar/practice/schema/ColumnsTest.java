package dev.kuar.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ColumnsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
    private final Catalog catalog = Catalog.builtIn();

    @ParameterizedTest
    @CsvSource({
        "nodes,'',093-nodes-list,094-nodes-table",
        "pods,'',097-pods-list,098-pods-table",
        "namespaces,'',101-namespaces-list,102-namespaces-table",
        "services,'',105-services-list,106-services-table",
        "configmaps,'',109-configmaps-list,110-configmaps-table",
        "deployments,apps,113-deployments-list,114-deployments-table",
        "daemonsets,apps,117-daemonsets-list,118-daemonsets-table",
        "leases,coordination.k8s.io,121-leases-list,122-leases-table"
    })
    void prints_as_the_recorded_server(String resource, String group, String list, String table) throws IOException {
        Kind kind = catalog.find(group, resource).orElseThrow();
        Columns columns = Columns.of(kind);
        KubeObject recorded = KubeObject.of(golden(table));
        List<Map<String, Object>> definitions = recorded.maps("columnDefinitions");
        for (int i = 0; i < definitions.size(); i++) {
            for (String field : List.of("name", "type", "format", "priority")) {
                assertThat(columns.definitions().get(i).get(field))
                        .as(field)
                        .isEqualTo(definitions.get(i).get(field));
            }
        }
        List<List<Object>> rows = new ArrayList<>();
        recorded.maps("rows").forEach(row -> rows.add(withoutAge(row.get("cells"), definitions)));
        List<List<Object>> ours = new ArrayList<>();
        for (Map<String, Object> item : KubeObject.of(golden(list)).maps("items")) {
            ours.add(withoutAge(columns.cells(KubeObject.of(item), NOW), definitions));
        }
        assertThat(ours).isEqualTo(rows);
    }

    @Test
    void every_builtin_kind_has_columns_that_compile() {
        for (Kind kind : catalog.kinds()) {
            Columns columns = Columns.of(kind);
            KubeObject empty = KubeObject.create(kind.apiVersion(), kind.kind(), "a", "b");
            assertThat(columns.cells(empty, NOW)).hasSize(columns.definitions().size());
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0s", "119,119s", "120,2m", "200,3m20s", "7200,120m", "12600,3h30m", "180000,2d2h", "864000,10d"})
    void says_how_long_ago_in_short(long seconds, String shown) {
        assertThat(HumanDuration.of(Duration.ofSeconds(seconds))).isEqualTo(shown);
    }

    private static List<Object> withoutAge(Object cells, List<Map<String, Object>> definitions) {
        List<Object> kept = new ArrayList<>();
        for (int i = 0; i < definitions.size(); i++) {
            kept.add(definitions.get(i).get("name").equals("Age") ? "" : ((List<?>) cells).get(i));
        }
        return kept;
    }

    private static Map<String, Object> golden(String name) throws IOException {
        Path file = Path.of("../shared/golden/http", name, "response-body");
        Path nearby = Files.exists(file) ? file : Path.of("../../shared/golden/http", name, "response-body");
        assumeTrue(Files.exists(nearby), "skipped: the answer of " + name + " is not beside this tree");
        return JsonReader.readMap(
                Files.readString(nearby, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
    }
}
