package dev.kuar.practice.api;

import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.patch.OtherVersions;
import dev.kuar.practice.schema.Defaulter;
import dev.kuar.practice.schema.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Objects in another version than the stored one.
 *
 * <p>Most kinds differ in their apiVersion alone. Events of {@code events.k8s.io} are core events under other names;
 * autoscaling/v1 is autoscaling/v2 with one metric moved; custom resources are converted as their definition says.
 */
final class Versions {
    private static final Map<String, String> EVENT_NAMES = Map.of(
            "involvedObject", "regarding",
            "message", "note",
            "source", "deprecatedSource",
            "count", "deprecatedCount",
            "firstTimestamp", "deprecatedFirstTimestamp",
            "lastTimestamp", "deprecatedLastTimestamp",
            "reportingComponent", "reportingController");

    private volatile Map<GroupResource, CustomVersions> custom = Map.of();
    private volatile ObjectRules rules = ObjectRules.NONE;

    /** Takes the definitions that are served from here on. */
    void use(Map<GroupResource, CustomVersions> definitions) {
        custom = Map.copyOf(definitions);
    }

    /** Takes what converts the kinds of an extension server; called once, before anything is read. */
    void use(ObjectRules ofExtension) {
        rules = ofExtension;
    }

    /** Null where no definition of the kind is served. */
    @Nullable
    CustomVersions of(Kind kind) {
        return kind.isCustom() ? custom.get(kind.groupResource()) : null;
    }

    /** Whether objects of the kind may have to be sent to a webhook, which takes time and may fail. */
    boolean asksWebhook(Kind kind) {
        CustomVersions versions = of(kind);
        return versions != null && versions.asksWebhook();
    }

    /**
     * How a stored object is served as {@code kind}; what a webhook made of it is kept.
     *
     * @throws dev.kuar.practice.object.ApiException 500 where it cannot be converted
     */
    Stored served(Kind kind, Stored stored) {
        CustomVersions versions = of(kind);
        if (versions == null || !versions.asksWebhook() || isAsStored(kind, stored)) {
            return read(kind, stored);
        }
        return stored.converted(versions, kind.apiVersion(), () -> read(kind, stored));
    }

    /** The same, converted anew. */
    Stored read(Kind kind, Stored stored) {
        boolean asStored = isAsStored(kind, stored);
        if (asStored && !kind.isCustom()) {
            return stored;
        }
        KubeObject object = asStored ? stored.object() : fromStored(kind, stored.object());
        if (asStored && !Defaulter.lacks(kind, object)) {
            return stored;
        }
        return Stored.of(stored.key(), stored.modRevision(), Defaulter.asRead(kind, object), stored.bareItems());
    }

    /** The same without a webhook: of what it would convert, the apiVersion alone is changed. */
    Stored renamed(Kind kind, Stored stored) {
        if (!asksWebhook(kind) || isAsStored(kind, stored)) {
            return served(kind, stored);
        }
        return Stored.of(
                stored.key(),
                stored.modRevision(),
                CustomVersions.renamed(stored.object(), kind.apiVersion()),
                stored.bareItems());
    }

    /** A kind's objects in other versions, as managers of fields see them. */
    OtherVersions others(Kind kind) {
        CustomVersions versions = of(kind);
        return versions == null
                ? OtherVersions.ALIKE
                : (apiVersion, object) -> {
                    Kind other = versions.kind(apiVersion);
                    return other == null ? null : new OtherVersions.Versioned(other, versions.to(apiVersion, object));
                };
    }

    private static String version(String apiVersion) {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    private static boolean isAsStored(Kind kind, Stored stored) {
        return kind.isCustom()
                ? stored.object().apiVersion().equals(kind.apiVersion())
                : kind.storedAs().isEmpty() || kind.storedAs().equals(kind.apiVersion());
    }

    private KubeObject fromStored(Kind kind, KubeObject object) {
        CustomVersions versions = of(kind);
        if (versions != null) {
            return versions.to(kind.apiVersion(), object);
        }
        KubeObject converted = convert(kind, object, kind.apiVersion(), false);
        rules.convert(kind, converted, version(kind.storedAs()), kind.version());
        return converted;
    }

    /** A copy of the top level of an object of {@code kind} in the stored version; converted as {@link #served} is. */
    @SuppressWarnings("ReferenceEquality") // itself, where nothing is to be converted
    KubeObject toStored(Kind kind, KubeObject object) {
        CustomVersions versions = of(kind);
        if (versions != null) {
            return versions.to(kind.storedAs(), object);
        }
        KubeObject converted = ownToStored(kind, object);
        if (converted != object) {
            rules.convert(kind, converted, kind.version(), version(kind.storedAs()));
        }
        return converted;
    }

    /** The same for the kinds that are not custom; those stay as they are. */
    static KubeObject ownToStored(Kind kind, KubeObject object) {
        return kind.isCustom() || kind.storedAs().isEmpty() || kind.storedAs().equals(kind.apiVersion())
                ? object
                : convert(kind, object, kind.storedAs(), true);
    }

    private static KubeObject convert(Kind kind, KubeObject object, String apiVersion, boolean store) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (kind.kind().equals("Event") && kind.group().equals("events.k8s.io")) {
            object.tree().forEach((name, value) -> {
                if (store || !"".equals(value)) {
                    tree.put(eventName(name, store), value);
                }
            });
        } else {
            tree.putAll(object.tree());
        }
        tree.put("apiVersion", apiVersion);
        KubeObject result = KubeObject.of(tree);
        if (kind.kind().equals("HorizontalPodAutoscaler")) {
            if (store) {
                AutoscalerVersions.toV2(result);
            } else {
                AutoscalerVersions.toV1(result);
            }
        }
        return result;
    }

    private static String eventName(String name, boolean store) {
        for (Map.Entry<String, String> pair : EVENT_NAMES.entrySet()) {
            if (name.equals(store ? pair.getValue() : pair.getKey())) {
                return store ? pair.getKey() : pair.getValue();
            }
        }
        return name;
    }
}
