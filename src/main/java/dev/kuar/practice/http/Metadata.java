package dev.kuar.practice.http;

import dev.kuar.practice.api.Answer;
import dev.kuar.practice.api.Served;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects with nothing but their metadata. */
final class Metadata {
    private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";

    private Metadata() {}

    /** {@code PartialObjectMetadata} of one object; the metadata is shared, not copied. */
    static Map<String, Object> partial(KubeObject object, String version) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", "PartialObjectMetadata");
        tree.put("apiVersion", "meta.k8s.io/" + version);
        tree.put("metadata", internal(object));
        return tree;
    }

    /** As upstream keeps it within: there the generation of a DaemonSet's template is a field, and no annotation. */
    private static Map<String, Object> internal(KubeObject object) {
        if (!object.kind().equals("DaemonSet") || !object.annotations().containsKey(TEMPLATE_GENERATION)) {
            return object.map("metadata");
        }
        KubeObject copy = object.copy();
        copy.map("metadata", "annotations").remove(TEMPLATE_GENERATION);
        if (copy.annotations().isEmpty()) {
            copy.set(null, "metadata", "annotations");
        }
        return copy.map("metadata");
    }

    static Map<String, Object> partialList(Answer.Many many, String version) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", "PartialObjectMetadataList");
        tree.put("apiVersion", "meta.k8s.io/" + version);
        tree.put("metadata", ofList(many));
        List<Object> items = new ArrayList<>(many.items().size());
        for (Served item : many.items()) {
            items.add(partial(item.object(), version));
        }
        tree.put("items", items);
        return tree;
    }

    /** The metadata of a page. */
    static Map<String, Object> ofList(Answer.Many many) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (!many.resourceVersion().isEmpty()) {
            tree.put("resourceVersion", many.resourceVersion());
        }
        if (!many.continueToken().isEmpty()) {
            tree.put("continue", many.continueToken());
        }
        if (many.remainingItemCount() >= 0) {
            tree.put("remainingItemCount", many.remainingItemCount());
        }
        return tree;
    }
}
