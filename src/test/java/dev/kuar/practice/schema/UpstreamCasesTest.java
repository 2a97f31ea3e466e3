package dev.kuar.practice.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kuar.practice.object.KubeObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Kubernetes' own validation refuses, and in which words: each case of {@code validation/*.yaml} sets fields of an object
 * that is valid and says what must be complained about, to the letter and in order, or what is accepted and warned of; {@code part} is the subresource of
 * a change. Each base by itself is accepted.
 */
final class UpstreamCasesTest {
    private static final Path FILES = Path.of("src/test/resources/validation");
    private static final Catalog CATALOG = Catalog.builtIn();
    private static final Defaulter DEFAULTER = new Defaulter();
    private static final Validator VALIDATOR = new Validator();

    /** A case as its file has it, and the object that it changes. */
    record Case(String file, String kind, Map<String, Object> base, KubeObject data) {
        @Override
        public String toString() {
            return file + " " + kind + " " + data.map("with") + data.map("now");
        }
    }

    static Stream<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (Path file : files()) {
            KubeObject all = KubeObject.of(read(file));
            for (Map<String, Object> each : all.maps("cases")) {
                KubeObject data = KubeObject.of(each);
                String base = data.text("base").isEmpty() ? data.text("kind") : data.text("base");
                assertThat(all.map("bases")).as("the bases of %s", file).containsKey(base);
                cases.add(new Case(file.getFileName().toString(), data.text("kind"), all.map("bases", base), data));
            }
        }
        return cases.stream();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.sorted().toList();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> read(Path file) throws IOException {
        Object tree = YamlTree.parse(Files.readAllBytes(file), new ArrayList<>());
        assertThat(tree).as("%s", file).isInstanceOf(Map.class);
        return (Map<String, Object>) tree;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void says_what_upstream_says(Case each) {
        Map<String, Object> object = KubeObject.copyOf(each.base());
        put(object, each.data().map("with"));
        List<String> says = each.data().texts("says");
        if (each.data().at("warns") != null) {
            assertThat(new WriteWarnings().of(kind(each.kind()), object(kind(each.kind()), object), null))
                    .as("%s", each)
                    .containsExactlyElementsOf(each.data().texts("warns"));
        }
        if (each.data().at("now") == null) {
            assertThat(create(each.kind(), object)).as("%s", each).containsExactlyElementsOf(says);
        } else {
            Map<String, Object> now = KubeObject.copyOf(object);
            put(now, each.data().map("now"));
            assertThat(update(each.kind(), object, now, each.data().text("part")))
                    .as("%s", each)
                    .containsExactlyElementsOf(says);
        }
    }

    @Test
    void the_bases_are_valid() throws IOException {
        for (Path file : files()) {
            KubeObject all = KubeObject.of(read(file));
            Map<String, String> kinds = new LinkedHashMap<>();
            all.maps("cases").forEach(each -> {
                KubeObject data = KubeObject.of(each);
                kinds.put(data.text("base").isEmpty() ? data.text("kind") : data.text("base"), data.text("kind"));
            });
            assertThat(new TreeSet<>(kinds.keySet()))
                    .isEqualTo(new TreeSet<>(all.map("bases").keySet()));
            kinds.forEach((base, kind) -> {
                assertThat(create(kind, all.map("bases", base)))
                        .as("%s %s", file, base)
                        .isEmpty();
                assertThat(update(kind, all.map("bases", base), all.map("bases", base), ""))
                        .as("%s %s", file, base)
                        .isEmpty();
            });
        }
    }

    private static List<String> create(String resource, Map<String, Object> tree) {
        Kind kind = kind(resource);
        return said(VALIDATOR.create(kind, object(kind, tree)));
    }

    private static List<String> update(String resource, Map<String, Object> old, Map<String, Object> now, String part) {
        Kind kind = kind(resource);
        return said(VALIDATOR.update(kind, object(kind, now), object(kind, old), part));
    }

    private static Kind kind(String resource) {
        return CATALOG.kinds().stream()
                .filter(kind -> kind.groupResource().toString().equals(resource))
                .filter(kind ->
                        !resource.startsWith("horizontal") || kind.version().equals("v2"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(resource));
    }

    private static KubeObject object(Kind kind, Map<String, Object> given) {
        Map<String, Object> tree = KubeObject.copyOf(given);
        KubeObject view = KubeObject.of(tree);
        if (view.name().isEmpty() && view.at("metadata", "name") == null) {
            view.set("x", "metadata", "name");
        }
        if (kind.namespaced() && view.namespace().isEmpty()) {
            view.set("default", "metadata", "namespace");
        }
        KubeObject object = KubeObject.of(Decoder.conform(kind, tree).tree());
        DEFAULTER.apply(kind, object);
        return object;
    }

    /** Sets {@code a.b[0].c} to values; null takes a field away. */
    private static void put(Map<String, Object> tree, Map<String, Object> fields) {
        fields.forEach((path, value) -> {
            Object at = tree;
            List<String> steps =
                    List.of(path.replace("[", ".#").replace("]", "").split("\\."));
            for (int i = 0; i < steps.size() - 1; i++) {
                at = inside(at, steps.get(i), steps.get(i + 1).startsWith("#"));
            }
            set(at, steps.get(steps.size() - 1).replace('|', '.'), value);
        });
    }

    @SuppressWarnings("unchecked")
    private static Object inside(Object at, String step, boolean list) {
        if (step.startsWith("#")) {
            List<Object> items = (List<Object>) at;
            int index = Integer.parseInt(step.substring(1));
            while (items.size() <= index) {
                items.add(new LinkedHashMap<String, Object>());
            }
            return items.get(index);
        }
        return ((Map<String, Object>) at)
                .computeIfAbsent(
                        step.replace('|', '.'), key -> list ? new ArrayList<>() : new LinkedHashMap<String, Object>());
    }

    @SuppressWarnings("unchecked")
    private static void set(Object at, String step, Object value) {
        if (step.startsWith("#")) {
            List<Object> items = (List<Object>) at;
            int index = Integer.parseInt(step.substring(1));
            while (items.size() <= index) {
                items.add(new LinkedHashMap<String, Object>());
            }
            items.set(index, value);
        } else if (value == null) {
            ((Map<String, Object>) at).remove(step);
        } else {
            ((Map<String, Object>) at)
                    .put(
                            step,
                            value instanceof Map<?, ?> || value instanceof List<?> ? KubeObject.copyOf(value) : value);
        }
    }

    private static List<String> said(List<Map<String, Object>> causes) {
        return causes.stream()
                .map(each -> each.get("field") + ": " + each.get("message"))
                .toList();
    }
}
