package dev.kuar.kubectl.kustomize;

import dev.kuar.kubectl.data.Tree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the ConfigMaps and Secrets of a kustomization's generators, their names ending in a hash. */
final class Generators {
    private final Path folder;
    private final Tree kustomization;

    Generators(Path folder, Tree kustomization) {
        this.folder = folder;
        this.kustomization = kustomization;
    }

    /** Adds to {@code objects}; returns those whose names are to end in a hash. */
    List<Tree> generate(List<Tree> objects) {
        List<Tree> hashed = new ArrayList<>();
        for (String kind : List.of("ConfigMap", "Secret")) {
            for (Tree entry :
                    kustomization.items("ConfigMap".equals(kind) ? "configMapGenerator" : "secretGenerator")) {
                Tree object = make(kind, entry);
                objects.add(object);
                boolean plain = entry.flag("options", "disableNameSuffixHash")
                        || kustomization.flag("generatorOptions", "disableNameSuffixHash");
                if (!plain) {
                    hashed.add(object);
                }
            }
        }
        return hashed;
    }

    private Tree make(String kind, Tree entry) {
        Map<String, Object> data = new TreeMap<>();
        boolean secret = "Secret".equals(kind);
        for (String literal : entry.texts("literals")) {
            String[] pair = literal.split("=", 2);
            put(data, pair[0], pair.length > 1 ? pair[1].replaceAll("^(['\"])(.*)\\1$", "$2") : "", secret);
        }
        for (String file : entry.texts("files")) {
            String[] pair = file.split("=", 2);
            Path path = folder.resolve(pair[pair.length - 1]);
            put(data, pair.length > 1 ? pair[0] : String.valueOf(path.getFileName()), Kustomizer.text(path), secret);
        }
        for (String file : entry.texts("envs")) {
            Kustomizer.text(folder.resolve(file))
                    .lines()
                    .filter(line -> line.contains("="))
                    .forEach(line -> {
                        String[] pair = line.split("=", 2);
                        put(data, pair[0].strip(), pair[1], secret);
                    });
        }
        Map<String, Object> metadata = Tree.mapOf("name", entry.text("name"));
        String namespace = entry.text("namespace");
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        for (String field : List.of("labels", "annotations")) {
            Map<String, Object> all = new TreeMap<>(kustomization.map("generatorOptions", field));
            all.putAll(entry.map("options", field));
            if (!all.isEmpty()) {
                metadata.put(field, all);
            }
        }
        return new Tree(Tree.mapOf(
                "apiVersion", "v1",
                "kind", kind,
                "metadata", metadata,
                "data", data,
                "type", secret ? entry.textOr("Opaque", "type") : null));
    }

    private static void put(Map<String, Object> data, String key, String value, boolean secret) {
        data.put(key, secret ? Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) : value);
    }
}
