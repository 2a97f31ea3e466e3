package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The kinds that a CustomResourceDefinition makes, one a served version. */
public final class CustomKinds {
    private static final List<String> VERBS =
            List.of("delete", "deletecollection", "get", "list", "patch", "create", "update", "watch");
    private static final List<String> PART_VERBS = List.of("get", "patch", "update");
    private static final String META = "@io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta.";

    private CustomKinds() {}

    /** The preferred version first; versions that are not served are left out. */
    public static List<Kind> of(KubeObject definition) {
        return kinds(definition, true);
    }

    /** The same with the versions that are not served. */
    public static List<Kind> all(KubeObject definition) {
        return kinds(definition, false);
    }

    private static List<Kind> kinds(KubeObject definition, boolean servedOnly) {
        List<Kind> kinds = new ArrayList<>();
        List<Map<String, Object>> versions = definition.maps("spec", "versions");
        String stored = versions.stream()
                .filter(each -> Boolean.TRUE.equals(each.get("storage")))
                .map(each -> KubeObject.of(each).text("name"))
                .findFirst()
                .orElse("");
        for (Map<String, Object> version : versions) {
            if (!servedOnly || Boolean.TRUE.equals(version.get("served"))) {
                kinds.add(kind(KubeObject.of(definition.map("spec")), KubeObject.of(version), stored));
            }
        }
        kinds.sort(Comparator.comparing(Kind::version, new VersionOrder()));
        return kinds;
    }

    private static Kind kind(KubeObject spec, KubeObject version, String stored) {
        String group = spec.text("group");
        String kind = spec.text("names", "kind");
        String plural = spec.text("names", "plural");
        List<Subresource> subresources = new ArrayList<>();
        if (version.at("subresources", "status") != null) {
            subresources.add(new Subresource("status", "", "", kind, PART_VERBS));
        }
        KubeObject scale = KubeObject.of(version.map("subresources", "scale"));
        boolean scales = version.at("subresources", "scale") != null;
        if (scales) {
            subresources.add(new Subresource("scale", "autoscaling", "v1", "Scale", PART_VERBS));
        }
        Set<Kind.Flag> flags = EnumSet.of(Kind.Flag.CUSTOM, Kind.Flag.GENERATION, Kind.Flag.NO_UNCONDITIONAL_UPDATE);
        return new Kind(
                group,
                version.text("name"),
                kind,
                spec.text("names", "listKind").isEmpty() ? kind + "List" : spec.text("names", "listKind"),
                plural,
                spec.text("names", "singular"),
                spec.text("scope").equals("Namespaced"),
                spec.texts("names", "shortNames"),
                spec.texts("names", "categories"),
                VERBS,
                subresources,
                storageHash(group + "/" + stored + "/" + kind),
                group + "/" + stored,
                group + "/" + plural,
                columns(version),
                version.maps("selectableFields").stream()
                        .map(each -> KubeObject.of(each).text("jsonPath").replaceFirst("^\\.", ""))
                        .toList(),
                flags,
                TypeSchema.structural(version.map("schema", "openAPIV3Schema")),
                scales
                        ? new Kind.ScalePaths(
                                scale.text("specReplicasPath"),
                                scale.text("statusReplicasPath"),
                                scale.text("labelSelectorPath"))
                        : null);
    }

    /** As discovery shows it: a short hash of the stored group, version and kind. */
    private static String storageHash(String stored) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(stored.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(Arrays.copyOf(digest, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Column> columns(KubeObject version) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("Name", "string", "name", META + "name", 0, ".metadata.name"));
        List<Map<String, Object>> own = version.maps("additionalPrinterColumns");
        for (Map<String, Object> each : own) {
            KubeObject column = KubeObject.of(each);
            String path = column.text("jsonPath");
            String description = column.text("description").isEmpty()
                    ? "Custom resource definition column (in JSONPath format): " + path
                    : column.text("description");
            columns.add(new Column(
                    column.text("name"),
                    column.text("type"),
                    column.text("format"),
                    description,
                    (int) column.number(0, "priority"),
                    path));
        }
        if (own.isEmpty()) {
            columns.add(new Column("Age", "date", "", META + "creationTimestamp", 0, ".metadata.creationTimestamp"));
        }
        return columns;
    }
}
