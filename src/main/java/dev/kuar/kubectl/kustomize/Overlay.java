package dev.kuar.kubectl.kustomize;

import dev.kuar.kubectl.data.Json;
import dev.kuar.kubectl.data.Tree;
import dev.kuar.kubectl.data.Yaml;
import dev.kuar.kubectl.patch.JsonPatch;
import dev.kuar.kubectl.patch.NameHash;
import dev.kuar.kubectl.patch.StrategicMerge;
import dev.kuar.kubectl.rest.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a kustomization lays over its resources: generators, patches, namespace, names, labels, images. */
final class Overlay {
    private static final Set<String> CLUSTER_WIDE = Set.of(
            "Namespace",
            "Node",
            "PersistentVolume",
            "ClusterRole",
            "ClusterRoleBinding",
            "StorageClass",
            "CustomResourceDefinition",
            "PriorityClass",
            "IngressClass");
    private static final Set<String> NOT_RENAMED = Set.of("Namespace", "CustomResourceDefinition");

    private final Path folder;
    private final Tree kustomization;
    private final List<Tree> objects;

    Overlay(Path folder, Tree kustomization, List<Tree> objects) {
        this.folder = folder;
        this.kustomization = kustomization;
        this.objects = objects;
    }

    List<Tree> apply() {
        List<Tree> hashed = new Generators(folder, kustomization).generate(objects);
        Map<String, String> renamed = new HashMap<>();
        patches();
        String namespace = kustomization.text("namespace");
        String prefix = kustomization.text("namePrefix");
        String suffix = kustomization.text("nameSuffix");
        for (Tree object : objects) {
            if (!namespace.isEmpty() && !CLUSTER_WIDE.contains(object.kind())) {
                object.set(namespace, "metadata", "namespace");
            }
            if (!NOT_RENAMED.contains(object.kind())) {
                String key = object.kind() + "/" + object.name();
                object.set(prefix + object.name() + suffix, "metadata", "name");
                if (hashed.stream().anyMatch(each -> each.value() == object.value())) {
                    object.set(object.name() + "-" + NameHash.ofData(object), "metadata", "name");
                }
                renamed.put(key, object.name());
            }
            labels(object);
            annotations(object);
            images(object.value());
            replicas(object);
        }
        objects.forEach(object -> References.rename(object, renamed));
        return objects;
    }

    private void patches() {
        kustomization.texts("patchesStrategicMerge").forEach(patch -> strategic(inlineOrFile(patch), Tree.NONE));
        for (Tree patch : kustomization.items("patches")) {
            String text = patch.has("path") ? Kustomizer.text(folder.resolve(patch.text("path"))) : patch.text("patch");
            one(text, patch.at("target"));
        }
        for (Tree patch : kustomization.items("patchesJson6902")) {
            String text = patch.has("path") ? Kustomizer.text(folder.resolve(patch.text("path"))) : patch.text("patch");
            one(text, patch.at("target"));
        }
    }

    private String inlineOrFile(String text) {
        return !text.contains("\n") && Files.isRegularFile(folder.resolve(text))
                ? Kustomizer.text(folder.resolve(text))
                : text;
    }

    private void one(String text, Tree target) {
        Tree patch = new Tree(Yaml.parse(text));
        if (!patch.isList()) {
            strategic(text, target);
            return;
        }
        for (Tree object : objects) {
            if (matches(object, target)) {
                Object changed = JsonPatch.apply(object.value(), patch.items());
                Map<String, Object> copy = new HashMap<>(new Tree(changed).map());
                object.map().clear();
                object.map().putAll(copy);
            }
        }
    }

    private void strategic(String text, Tree target) {
        for (String document : Yaml.documents(text)) {
            Tree patch = new Tree(Yaml.parse(document));
            List<Tree> chosen = objects.stream()
                    .filter(object -> target.isMap()
                            ? matches(object, target)
                            : object.kind().equals(patch.kind())
                                    && object.name().equals(patch.name()))
                    .toList();
            if (chosen.isEmpty()) {
                throw Failure.error("no resource matches strategic merge patch \"" + patch.kind() + "."
                        + patch.apiVersion().replaceFirst("(.*)/(.*)", "$2.$1") + "/" + patch.name()
                        + ".[noNs]\": no matches for Id " + patch.kind() + "."
                        + patch.apiVersion().replaceFirst("(.*)/(.*)", "$2.$1") + "/" + patch.name()
                        + ".[noNs]; failed to find unique target for patch " + patch.kind() + "."
                        + patch.apiVersion().replaceFirst("(.*)/(.*)", "$2.$1") + "/" + patch.name() + ".[noNs]");
            }
            for (Tree object : chosen) {
                Tree cleaned = patch.copy();
                cleaned.set(object.name(), "metadata", "name");
                StrategicMerge.apply(object, cleaned);
            }
        }
        objects.removeIf(object -> object.map().isEmpty());
    }

    private static boolean matches(Tree object, Tree target) {
        String[] version = object.apiVersion().split("/", 2);
        String group = version.length == 2 ? version[0] : "";
        return fits(target.text("kind"), object.kind())
                && fits(target.text("name"), object.name())
                && fits(target.text("namespace"), object.namespace())
                && fits(target.text("group"), group)
                && fits(target.text("version"), version[version.length - 1])
                && selected(target.text("labelSelector"), object.textMap("metadata", "labels"));
    }

    private static boolean fits(String pattern, String text) {
        return pattern.isEmpty() || text.matches(pattern);
    }

    private static boolean selected(String selector, Map<String, String> labels) {
        for (String part : selector.split(",")) {
            String[] pair = part.split("==?", 2);
            if (!part.isBlank() && pair.length == 2 && !pair[1].strip().equals(labels.get(pair[0].strip()))) {
                return false;
            }
        }
        return true;
    }

    private void labels(Tree object) {
        kustomization.textMap("commonLabels").forEach((key, value) -> label(object, key, value, true, true));
        for (Tree entry : kustomization.items("labels")) {
            boolean selectors = entry.flag("includeSelectors");
            entry.textMap("pairs")
                    .forEach((key, value) ->
                            label(object, key, value, selectors, selectors || entry.flag("includeTemplates")));
        }
    }

    private static void label(Tree object, String key, String value, boolean selectors, boolean templates) {
        object.set(value, "metadata", "labels", key);
        if (templates && object.has("spec", "template")) {
            object.set(value, "spec", "template", "metadata", "labels", key);
        }
        if (selectors && object.has("spec", "selector", "matchLabels")) {
            object.set(value, "spec", "selector", "matchLabels", key);
        } else if (selectors && "Service".equals(object.kind()) && object.has("spec", "selector")) {
            object.set(value, "spec", "selector", key);
        }
    }

    private void annotations(Tree object) {
        kustomization.textMap("commonAnnotations").forEach((key, value) -> {
            object.set(value, "metadata", "annotations", key);
            if (object.has("spec", "template")) {
                object.set(value, "spec", "template", "metadata", "annotations", key);
            }
        });
    }

    private void replicas(Tree object) {
        for (Tree entry : kustomization.items("replicas")) {
            if (entry.text("name").equals(object.name()) && object.has("spec", "template")) {
                object.set(entry.number(0, "count"), "spec", "replicas");
            }
        }
    }

    private void images(@Nullable Object part) {
        if (part instanceof List<?> list) {
            list.forEach(this::images);
        }
        if (part instanceof Map<?, ?>) {
            Tree tree = new Tree(part);
            for (String field : List.of("containers", "initContainers")) {
                tree.items(field).forEach(this::image);
            }
            tree.map().values().forEach(this::images);
        }
    }

    private void image(Tree container) {
        String image = container.text("image");
        String name = image.split("@", 2)[0].replaceFirst(":[^:/]*$", "");
        for (Tree entry : kustomization.items("images")) {
            if (entry.text("name").equals(name)) {
                String fresh = entry.textOr(name, "newName");
                String rest = image.substring(name.length());
                String digest = entry.text("digest");
                String tag = entry.text("newTag");
                container.set(fresh + (!digest.isEmpty() ? "@" + digest : tag.isEmpty() ? rest : ":" + tag), "image");
            }
        }
    }

    @Override
    public String toString() {
        return Json.compact(kustomization.value());
    }
}
