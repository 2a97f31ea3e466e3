package dev.kuar.practice.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.schema.Decoder;
import dev.kuar.practice.schema.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Who owns what after writes and applies by several managers: {@code patch/managed-fields.jsonl} holds a story a line, with
 * what Kubernetes' own field manager (apimachinery 0.36.2, structured-merge-diff 6.3.2) made of each step.
 */
final class FieldOwnershipTest {
    private static final Instant NOW = Instant.parse("2026-11-22T19:21:35Z");
    private final Catalog catalog = Catalog.builtIn();

    @TestFactory
    Stream<DynamicTest> owns_fields_as_upstream_does() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(FieldOwnershipTest.class.getResourceAsStream("/patch/managed-fields.jsonl")),
                StandardCharsets.UTF_8))) {
            List<Map<String, Object>> stories = new ArrayList<>();
            lines.lines().forEach(line -> stories.add(JsonReader.readMap(line.getBytes(StandardCharsets.UTF_8))));
            assertThat(stories).hasSizeGreaterThan(50);
            return stories.stream().map(story -> dynamicTest((String) story.get("name"), () -> tell(story)));
        }
    }

    private void tell(Map<String, Object> story) {
        Kind kind = catalog.ofObject((String) story.get("apiVersion"), (String) story.get("kind"))
                .orElseThrow();
        KubeObject live = null;
        for (Map<String, Object> tree : KubeObject.of(story).maps("steps")) {
            KubeObject step = KubeObject.of(tree);
            Map<String, Object> object = step.map("object");
            object.put("apiVersion", kind.apiVersion());
            object.put("kind", kind.kind());
            String refused = "";
            try {
                live = step.text("op").equals("apply")
                        ? apply(kind, live, step, object)
                        : update(kind, live, step, object);
            } catch (ApiException e) {
                refused = String.valueOf(e.getMessage());
            }
            assertThat(refused).as(step.toString()).isEqualTo(step.text("refused"));
            if (refused.isEmpty()) {
                assertThat(plain(live)).as(step.toString()).isEqualTo(plain(KubeObject.of(step.map("stored"))));
            }
        }
    }

    private static KubeObject apply(Kind kind, KubeObject live, KubeObject step, Map<String, Object> object) {
        KubeObject applied = FieldManager.apply(
                kind, live, object, step.text("manager"), step.flag("force"), step.text("subresource"), NOW);
        return KubeObject.of(Decoder.conform(kind, applied.tree()).tree());
    }

    private static KubeObject update(Kind kind, KubeObject live, KubeObject step, Map<String, Object> object) {
        KubeObject now = KubeObject.of(Decoder.conform(kind, object).tree());
        FieldManager.update(kind, live, now, step.text("manager"), step.text("subresource"), NOW);
        return now;
    }

    /** Without status and times; entries of managers sorted by who they are. */
    private static Map<String, Object> plain(KubeObject object) {
        KubeObject copy = object.copy();
        List.of("status", "apiVersion", "kind").forEach(copy.tree()::remove);
        copy.set(null, "metadata", "creationTimestamp");
        copy.set(null, "spec", "template", "metadata", "creationTimestamp");
        List<Map<String, Object>> entries = new ArrayList<>(copy.maps("metadata", "managedFields"));
        entries.forEach(entry -> entry.remove("time"));
        entries.sort(Comparator.comparing(entry -> "" + entry.get("operation") + entry.get("manager")
                + entry.get("apiVersion") + entry.get("subresource")));
        copy.set(entries.isEmpty() ? null : entries, "metadata", "managedFields");
        return copy.tree();
    }
}
