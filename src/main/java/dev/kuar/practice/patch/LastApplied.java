package dev.kuar.practice.patch;

import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.TypeSchema;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The annotation in which a client-side {@code kubectl apply} keeps what it applied: the server-side apply of a manager
 * {@code kubectl} may take what is unchanged since then, and keeps the annotation up to date.
 */
final class LastApplied {
    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";
    private static final int LONGEST = 256 * 1024;

    private LastApplied() {}

    /** What a client-side apply set and nobody changed since. */
    static FieldSet untouched(TypeSchema schema, KubeObject live) {
        String text = live.annotations().getOrDefault(ANNOTATION, "");
        Map<String, Object> last;
        try {
            last = JsonReader.readMap(text.getBytes(StandardCharsets.UTF_8));
        } catch (RuntimeException none) {
            return new FieldSet();
        }
        if (!live.apiVersion().equals(last.get("apiVersion"))) {
            return new FieldSet();
        }
        TypedTree.Comparison since = TypedTree.compare(schema, last, live.tree());
        return TypedTree.fields(schema, last)
                .minus(since.modified())
                .minus(since.added())
                .minus(since.removed());
    }

    /** Renews the annotation of {@code result}, where it has one, after an apply of {@code intent}. */
    static void renew(KubeObject result, Map<String, Object> intent) {
        Map<String, String> annotations = result.annotations();
        if (annotations.getOrDefault(ANNOTATION, "").isEmpty()) {
            return;
        }
        KubeObject bare = KubeObject.of(KubeObject.copyOf(intent));
        if (bare.at("metadata", "annotations") instanceof Map<?, ?> own) {
            own.remove(ANNOTATION);
        }
        String text = JsonWriter.text(sorted(bare.tree())) + "\n";
        long size = (long) text.length() + ANNOTATION.length();
        for (Map.Entry<String, String> each : annotations.entrySet()) {
            boolean old = each.getKey().equals(ANNOTATION);
            size += old ? 0L : (long) each.getKey().length() + each.getValue().length();
        }
        result.set(size > LONGEST ? null : text, "metadata", "annotations", ANNOTATION);
    }

    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((name, each) -> sorted.put((String) name, each == null ? each : sorted(each)));
            return new LinkedHashMap<>(sorted);
        }
        return value instanceof List<?> list
                ? list.stream().map(each -> sorted((Object) each)).toList()
                : value;
    }
}
