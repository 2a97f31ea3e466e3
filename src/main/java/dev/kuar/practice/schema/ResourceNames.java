package dev.kuar.practice.schema;

import dev.kuar.practice.object.Quantity;
import dev.kuar.practice.schema.RuleRun.Place;
import java.util.List;
import java.util.Set;

/** The names of what pods ask for and quotas count, and the amounts of it. */
final class ResourceNames {
    private static final Set<String> CONTAINER = Set.of("cpu", "memory", "ephemeral-storage");
    private static final Set<String> COUNTED = Set.of(
            "pods",
            "resourcequotas",
            "services",
            "replicationcontrollers",
            "secrets",
            "persistentvolumeclaims",
            "configmaps",
            "services.nodeports",
            "services.loadbalancers");
    private static final Set<String> QUOTA = Set.of(
            "requests.cpu",
            "requests.memory",
            "requests.storage",
            "requests.ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage");

    private ResourceNames() {}

    /** What a container may ask for. */
    static void container(String name, String path, FieldErrors errors) {
        if (!standard(name, path, errors)) {
            return;
        }
        if (!name.contains("/") && !CONTAINER.contains(name) && !name.startsWith("hugepages-")) {
            errors.invalid(path, name, "must be a standard resource for containers");
        } else if (name.startsWith("requests.") && name.contains("/")) {
            errors.invalid(path, name, "doesn't follow extended resource name standard");
        }
    }

    /** What a quota may count. */
    static void quota(String name, String path, FieldErrors errors) {
        if (standard(name, path, errors)
                && !name.contains("/")
                && !CONTAINER.contains(name)
                && !QUOTA.contains(name)
                && !COUNTED.contains(name)
                && !name.matches("(requests\\.)?hugepages-.*")) {
            errors.invalid(path, name, "must be a standard resource for quota");
        }
    }

    /** False where the name is no name at all. */
    private static boolean standard(String name, String path, FieldErrors errors) {
        List<String> wrong = Syntax.qualifiedName(name);
        if (!wrong.isEmpty()) {
            errors.syntax(path, name, wrong);
            return false;
        }
        boolean known = name.contains("/")
                || CONTAINER.contains(name)
                || QUOTA.contains(name)
                || COUNTED.contains(name)
                || name.equals("storage")
                || name.matches("(requests\\.)?hugepages-.*");
        if (!known) {
            errors.invalid(path, name, "must be a standard resource type or fully qualified");
        }
        return true;
    }

    /** An amount of the resource that the place is named after: not below zero, and whole where things are counted. */
    static void amount(Place place, FieldErrors errors) {
        Quantity amount = Quantity.of(place.value());
        if (amount.compareTo(Quantity.ZERO) < 0) {
            errors.invalid(place.path(), place.value(), "must be greater than or equal to 0");
        }
        String name = place.name();
        boolean whole = COUNTED.contains(name) || (name.contains("/") && !name.startsWith("kubernetes.io/"));
        if (whole && amount.millis() % 1000 != 0) {
            errors.invalid(place.path(), place.value(), "must be an integer");
        }
    }
}
