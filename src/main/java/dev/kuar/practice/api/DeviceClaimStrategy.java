package dev.kuar.practice.api;

import dev.kuar.practice.auth.Access;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import dev.kuar.practice.schema.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Claims of devices and their templates: an administrator's access needs a namespace that allows it, and whoever writes what a claim
 * was given, or what a driver says of it, needs rights of their own. Models the registry of Kubernetes 1.36.
 */
final class DeviceClaimStrategy implements Strategy {
    private static final String LABEL = "resource.kubernetes.io/admin-access";
    private static final String NODE = "authentication.kubernetes.io/node-name";

    private final Parts parts;

    DeviceClaimStrategy(Parts parts) {
        this.parts = parts;
    }

    @Override
    public List<String> keptByStatus() {
        return List.of("labels", "annotations", "ownerReferences", "finalizers");
    }

    /** What drivers said of devices that the claim has no more goes with them. */
    @Override
    public void prepareUpdate(Write write) {
        KubeObject claim = write.object();
        if (!write.subresource().equals("status") || claim.at("status", "devices") == null) {
            return;
        }
        Set<List<String>> gone = new LinkedHashSet<>();
        results(Objects.requireNonNull(write.old())).forEach(result -> gone.add(id(result)));
        results(claim).forEach(result -> gone.remove(id(result)));
        List<Map<String, Object>> left = claim.maps("status", "devices").stream()
                .filter(device -> !gone.contains(id(device)))
                .toList();
        claim.set(left.isEmpty() ? null : new ArrayList<>(left), "status", "devices");
    }

    private static List<Map<String, Object>> results(KubeObject claim) {
        return claim.maps("status", "allocation", "devices", "results");
    }

    private static List<String> id(Map<String, Object> tree) {
        KubeObject device = KubeObject.of(tree);
        return List.of(device.text("driver"), device.text("pool"), device.text("device"), device.text("shareID"));
    }

    @Override
    public List<Map<String, Object>> errors(Write write) {
        List<Map<String, Object>> errors = new ArrayList<>();
        if (write.subresource().equals("status")) {
            statusErrors(write, errors);
        } else if (write.old() == null) {
            boolean template = write.kind().resource().endsWith("templates");
            List<Map<String, Object>> requests = template
                    ? write.object().maps("spec", "spec", "devices", "requests")
                    : write.object().maps("spec", "devices", "requests");
            int first = first(requests, "exactly", "adminAccess");
            if (first >= 0) {
                admin(write, "spec.devices.requests[" + first + "].adminAccess", errors);
            }
            errors.addAll(DeviceSelectors.errorsOfRequests(
                    requests, (template ? "spec.spec" : "spec") + ".devices.requests"));
        }
        return errors;
    }

    private static int first(List<Map<String, Object>> list, String... flag) {
        for (int i = 0; i < list.size(); i++) {
            if (KubeObject.of(list.get(i)).flag(flag)) {
                return i;
            }
        }
        return -1;
    }

    private void admin(Write write, String field, List<Map<String, Object>> errors) {
        Kind namespaces = parts.catalog().find("", "namespaces").orElseThrow();
        Stored namespace = parts.storage()
                .get(namespaces, Storage.key(namespaces, "", write.object().namespace()));
        if (namespace == null || !"true".equals(namespace.object().labels().get(LABEL))) {
            errors.add(forbidden(
                    field,
                    "admin access to devices requires the `" + LABEL + ": true` label on the containing namespace"));
        }
    }

    private static Map<String, Object> forbidden(String field, String why) {
        return Statuses.cause("FieldValueForbidden", "Forbidden: " + why, field);
    }

    private void statusErrors(Write write, List<Map<String, Object>> errors) {
        KubeObject now = write.object();
        KubeObject old = Objects.requireNonNull(write.old());
        int first = first(results(now), "adminAccess");
        if (first >= 0 && first(results(old), "adminAccess") < 0) {
            admin(write, "status.allocation.devices.results[" + first + "].adminAccess", errors);
        }
        if (!Objects.equals(now.at("status", "allocation"), old.at("status", "allocation"))
                || !now.maps("status", "reservedFor").equals(old.maps("status", "reservedFor"))) {
            Access access = access(write, write.verb(), "binding", "", "");
            if (parts.authorizer().allows(access) == null) {
                errors.add(forbidden(
                        "status.allocation",
                        "changing status.allocation or status.reservedFor requires resource=\"resourceclaims/binding\","
                                + " verb=\"" + write.verb() + "\" permission: "
                                + access.refusal().getMessage()));
            }
        }
        if (now.at("status", "allocation") != null) {
            drivers(now, old).forEach(driver -> driver(write, driver, errors));
        }
    }

    private static Access access(Write write, String verb, String subresource, String namespace, String name) {
        return new Access(
                write.user(), verb, write.kind().group(), write.kind().resource(), subresource, namespace, name, "");
    }

    /** Those whose words about devices change. */
    private static Set<String> drivers(KubeObject now, KubeObject old) {
        Map<List<String>, Map<String, Object>> before = new HashMap<>();
        old.maps("status", "devices").forEach(device -> before.put(id(device), device));
        Set<String> drivers = new TreeSet<>();
        for (Map<String, Object> device : now.maps("status", "devices")) {
            if (!device.equals(before.remove(id(device)))) {
                drivers.add(KubeObject.of(device).text("driver"));
            }
        }
        before.values().forEach(device -> drivers.add(KubeObject.of(device).text("driver")));
        return drivers;
    }

    private void driver(Write write, String driver, List<Map<String, Object>> errors) {
        List<String> verbs = new ArrayList<>();
        if (isOnItsNode(write)) {
            verbs.add("associated-node:" + write.verb());
        }
        verbs.add("arbitrary-node:" + write.verb());
        String namespace = write.object().namespace();
        boolean allowed = verbs.stream()
                .anyMatch(verb -> parts.authorizer().allows(access(write, verb, "driver", namespace, driver)) != null);
        if (!allowed) {
            errors.add(forbidden(
                    "status.devices",
                    "changing status.devices requires resource=\"resourceclaims/driver\", verb=\"["
                            + String.join(" ", verbs) + "]\" permission: "
                            + access(write, verbs.get(0), "driver", namespace, driver)
                                    .refusal()
                                    .getMessage()));
        }
    }

    /** Whether a service account writes from the node that the devices are on. */
    private static boolean isOnItsNode(Write write) {
        List<Map<String, Object>> terms =
                write.object().maps("status", "allocation", "nodeSelector", "nodeSelectorTerms");
        List<Map<String, Object>> fields =
                terms.size() == 1 ? KubeObject.of(terms.get(0)).maps("matchFields") : List.of();
        List<String> nodes = write.user().extra().getOrDefault(NODE, List.of());
        return fields.size() == 1
                && terms.get(0).get("matchExpressions") == null
                && write.user().name().startsWith("system:serviceaccount:")
                && nodes.size() == 1
                && KubeObject.of(fields.get(0)).texts("values").equals(nodes);
    }
}
