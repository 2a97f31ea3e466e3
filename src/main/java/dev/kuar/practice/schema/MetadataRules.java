package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What every object's metadata must be. */
final class MetadataRules {
    private static final int ANNOTATIONS_LIMIT = 256 * 1024;
    static final Set<String> FINALIZERS = Set.of("kubernetes", "orphan", "foregroundDeletion");
    private static final Set<String> LABEL_NAMES = Set.of("namespaces", "services", "statefulsets.apps");
    private static final Set<String> PATH_NAMES = Set.of(
            "roles.rbac.authorization.k8s.io",
            "rolebindings.rbac.authorization.k8s.io",
            "clusterroles.rbac.authorization.k8s.io",
            "clusterrolebindings.rbac.authorization.k8s.io",
            "apiservices.apiregistration.k8s.io",
            "certificatesigningrequests.certificates.k8s.io",
            "events",
            "events.events.k8s.io");

    private MetadataRules() {}

    static void create(Kind kind, KubeObject object, FieldErrors errors) {
        if (kind.resource().isEmpty()) {
            return;
        }
        String name = object.name();
        String base = object.text("metadata", "generateName");
        if (!base.isEmpty()) {
            errors.syntax("metadata.generateName", base, name(kind, masked(base)));
        }
        if (name.isEmpty()) {
            errors.required("metadata.name", "name or generateName is required");
        } else {
            errors.syntax("metadata.name", name, name(kind, name));
        }
        common(object, errors);
        finalizers(object, errors);
        ownFinalizers(kind, object, errors);
    }

    private static List<String> name(Kind kind, String name) {
        String resource = kind.groupResource().toString();
        if (LABEL_NAMES.contains(resource)) {
            return Syntax.label(name);
        }
        if (resource.equals("ipaddresses.networking.k8s.io")) {
            List<String> wrong = Addresses.wrongIp(name);
            String canonical = IpAddress.find(name).map(IpAddress::toString).orElse(name);
            return wrong.isEmpty() && !canonical.equals(name)
                    ? List.of("must be in canonical form (\"" + canonical + "\")")
                    : wrong;
        }
        return PATH_NAMES.contains(resource) ? Syntax.pathSegment(name) : Syntax.subdomain(name);
    }

    /** A dash at the end is no fault of what a name begins with. */
    private static String masked(String base) {
        return base.length() > 1 && base.endsWith("-") ? base.substring(0, base.length() - 2) + "a" : base;
    }

    static void update(Kind kind, KubeObject object, KubeObject old, FieldErrors errors) {
        if (old.isTerminating()) {
            List<String> added = object.finalizers().stream()
                    .filter(each -> !old.finalizers().contains(each))
                    .toList();
            if (!added.isEmpty()) {
                errors.forbidden(
                        "metadata.finalizers",
                        "no new finalizers can be added if the object is being deleted, found new finalizers "
                                + goStrings(added));
            }
        }
        immutable(object, old, "name", errors);
        immutable(object, old, "namespace", errors);
        immutable(object, old, "uid", errors);
        immutable(object, old, "creationTimestamp", errors);
        immutable(object, old, "deletionTimestamp", errors);
        immutable(object, old, "deletionGracePeriodSeconds", errors);
        common(object, errors);
        ownFinalizers(kind, object, errors);
    }

    private static String goStrings(List<String> values) {
        return "[]string{"
                + String.join(
                        ", ", values.stream().map(each -> "\"" + each + "\"").toList()) + "}";
    }

    private static void immutable(KubeObject object, KubeObject old, String field, FieldErrors errors) {
        Object now = object.at("metadata", field);
        if (now != null && !now.equals(old.at("metadata", field))) {
            errors.invalid("metadata." + field, now, "field is immutable");
        }
    }

    private static void common(KubeObject object, FieldErrors errors) {
        labels(object.map("metadata", "labels"), "metadata.labels", errors);
        annotations(object.map("metadata", "annotations"), "metadata.annotations", errors);
        owners(object, errors);
    }

    private static void owners(KubeObject object, FieldErrors errors) {
        String path = "metadata.ownerReferences";
        String controller = "";
        for (Map<String, Object> each : object.ownerReferences()) {
            KubeObject owner = KubeObject.of(each);
            String version = owner.text("apiVersion");
            if (version.isEmpty() || version.endsWith("/") || version.split("/", -1).length > 2) {
                errors.invalid(path + ".apiVersion", version, "version must not be empty");
            }
            for (String field : List.of("kind", "name", "uid")) {
                if (owner.text(field).isEmpty()) {
                    errors.invalid(path + "." + field, "", "must not be empty");
                }
            }
            if (version.equals("v1") && owner.text("kind").equals("Event")) {
                errors.invalid(path, each, "/v1, Kind=Event is disallowed from being an owner");
            }
            if (owner.flag("controller")) {
                String name = owner.text("kind") + "/" + owner.text("name");
                if (!controller.isEmpty()) {
                    errors.invalid(
                            path,
                            object.at("metadata", "ownerReferences"),
                            "Only one reference can have Controller set to true. Found \"true\" in references for "
                                    + controller + " and " + name);
                } else {
                    controller = name;
                }
            }
        }
    }

    private static void finalizers(KubeObject object, FieldErrors errors) {
        List<String> finalizers = object.finalizers();
        for (String each : finalizers) {
            errors.syntax("metadata.finalizers", each, Syntax.qualifiedName(each));
        }
        if (finalizers.contains("orphan") && finalizers.contains("foregroundDeletion")) {
            errors.invalid(
                    "metadata.finalizers", finalizers, "finalizer orphan and foregroundDeletion cannot be both set");
        }
    }

    /** Of Kubernetes' own kinds: what has no domain must be known. */
    private static void ownFinalizers(Kind kind, KubeObject object, FieldErrors errors) {
        List<String> finalizers = object.finalizers();
        for (int i = 0; i < finalizers.size() && !kind.isCustom(); i++) {
            String each = finalizers.get(i);
            if (!each.contains("/") && !FINALIZERS.contains(each)) {
                errors.invalid(
                        "metadata.finalizers[" + i + "]",
                        each,
                        "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
    }

    static void annotations(Map<String, Object> annotations, String field, FieldErrors errors) {
        long size = 0;
        for (Map.Entry<String, Object> each : annotations.entrySet()) {
            errors.syntax(
                    field, each.getKey(), Syntax.qualifiedName(each.getKey().toLowerCase(Locale.ROOT)));
            size += Syntax.bytes(each.getKey()) + Syntax.bytes(String.valueOf(each.getValue()));
        }
        if (size > ANNOTATIONS_LIMIT) {
            errors.tooLong(field, ANNOTATIONS_LIMIT);
        }
    }

    static void labels(Map<String, Object> labels, String field, FieldErrors errors) {
        labels.forEach((name, value) -> {
            errors.syntax(field, name, Syntax.qualifiedName(name));
            errors.syntax(field, String.valueOf(value), Syntax.labelValue(String.valueOf(value)));
        });
    }
}
