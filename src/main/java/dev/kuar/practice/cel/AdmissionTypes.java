package dev.kuar.practice.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What {@code request} and {@code namespaceObject} are to the expressions of policies and match conditions. */
final class AdmissionTypes {
    private static final CelType TEXT = SimpleType.STRING;
    private static final CelType TEXTS = ListType.create(TEXT);
    private static final Map<String, CelType> STRUCTS = new LinkedHashMap<>();

    static final CelType NAMESPACE = namespace();
    static final CelType REQUEST = request();

    private AdmissionTypes() {}

    private static CelType request() {
        CelType kind = struct("GroupVersionKind", Map.of("group", TEXT, "version", TEXT, "kind", TEXT));
        CelType resource = struct("GroupVersionResource", Map.of("group", TEXT, "version", TEXT, "resource", TEXT));
        CelType user = struct(
                "UserInfo",
                Map.of("username", TEXT, "uid", TEXT, "groups", TEXTS, "extra", MapType.create(TEXT, TEXTS)));
        return struct(
                "AdmissionRequest",
                Map.ofEntries(
                        Map.entry("kind", kind),
                        Map.entry("resource", resource),
                        Map.entry("subResource", TEXT),
                        Map.entry("requestKind", kind),
                        Map.entry("requestResource", resource),
                        Map.entry("requestSubResource", TEXT),
                        Map.entry("name", TEXT),
                        Map.entry("namespace", TEXT),
                        Map.entry("operation", TEXT),
                        Map.entry("userInfo", user),
                        Map.entry("dryRun", SimpleType.BOOL),
                        Map.entry("options", SimpleType.DYN)));
    }

    /** Without what upstream leaves out of it, owners and managers of fields for instance; the UID is written so there. */
    private static CelType namespace() {
        CelType condition = struct(
                "NamespaceCondition",
                Map.of(
                        "status", TEXT,
                        "type", TEXT,
                        "lastTransitionTime", SimpleType.TIMESTAMP,
                        "message", TEXT,
                        "reason", TEXT));
        CelType metadata = struct(
                "NamespaceMetadata",
                Map.ofEntries(
                        Map.entry("name", TEXT),
                        Map.entry("generateName", TEXT),
                        Map.entry("namespace", TEXT),
                        Map.entry("labels", MapType.create(TEXT, TEXT)),
                        Map.entry("annotations", MapType.create(TEXT, TEXT)),
                        Map.entry("UID", TEXT),
                        Map.entry("creationTimestamp", SimpleType.TIMESTAMP),
                        Map.entry("deletionGracePeriodSeconds", SimpleType.INT),
                        Map.entry("deletionTimestamp", SimpleType.TIMESTAMP),
                        Map.entry("generation", SimpleType.INT),
                        Map.entry("resourceVersion", TEXT),
                        Map.entry("finalizers", TEXTS)));
        return struct(
                "Namespace",
                Map.of(
                        "metadata",
                        metadata,
                        "spec",
                        struct("NamespaceSpec", Map.of("finalizers", TEXTS)),
                        "status",
                        struct("NamespaceStatus", Map.of("conditions", ListType.create(condition), "phase", TEXT))));
    }

    private static CelType struct(String name, Map<String, CelType> fields) {
        ImmutableMap<String, CelType> all = ImmutableMap.copyOf(fields);
        CelType struct =
                StructType.create("kubernetes." + name, all.keySet(), field -> Optional.ofNullable(all.get(field)));
        STRUCTS.put(struct.name(), struct);
        return struct;
    }

    /** Types by name, these beside {@code others}. */
    static CelTypeProvider beside(CelTypeProvider others) {
        return new CelTypeProvider() {
            @Override
            public ImmutableCollection<CelType> types() {
                return ImmutableList.<CelType>builder()
                        .addAll(others.types())
                        .addAll(STRUCTS.values())
                        .build();
            }

            @Override
            public Optional<CelType> findType(String name) {
                return Optional.ofNullable(STRUCTS.get(name)).or(() -> others.findType(name));
            }
        };
    }
}
