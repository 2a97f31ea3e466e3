package dev.kuar.practice.schema;

import dev.kuar.practice.object.Quantity;
import dev.kuar.practice.schema.RuleRun.Place;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        standard(name, path, errors);
        if (!name.contains("/") && !CONTAINER.contains(name) && !isPages(name)) {
            errors.invalid(path, name, "must be a standard resource for containers");
        } else if (name.startsWith("requests.") && isExtended(name)) {
            errors.invalid(path, name, "doesn't follow extended resource name standard");
        }
    }

    /** What a pod may ask for as a whole. */
    static void pod(String name, String path, FieldErrors errors) {
        if (standard(name, path, errors) && !name.equals("cpu") && !name.equals("memory") && !isPages(name)) {
            errors.unsupported(path, name, List.of("cpu", "memory"));
        }
    }

    /** What a quota may count. */
    static void quota(String name, String path, FieldErrors errors) {
        standard(name, path, errors);
        if (!name.contains("/") && !isQuota(name)) {
            errors.invalid(path, name, "must be a standard resource for quota");
        }
    }

    static boolean isQuota(String name) {
        return CONTAINER.contains(name)
                || QUOTA.contains(name)
                || COUNTED.contains(name)
                || name.matches("(requests\\.)?hugepages-.*");
    }

    /** False where the name is no name at all, or none that is known. */
    static boolean standard(String name, String path, FieldErrors errors) {
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
        return known;
    }

    static boolean isPages(String name) {
        return name.startsWith("hugepages-");
    }

    /** Whether it is somebody's own, by the domain in its name. */
    static boolean isExtended(String name) {
        return name.contains("/") && !name.contains("kubernetes.io/");
    }

    /** Whether a container may be allowed more of it than it asks for. */
    static boolean isOvercommitted(String name) {
        return !isExtended(name) && !isPages(name);
    }

    /** Whether an amount of huge pages is some pages. */
    static boolean isWholePages(String name, Object value) {
        try {
            long page = Quantity.parse(name.substring("hugepages-".length())).units();
            return page > 0 && Quantity.of(value).units() % page == 0;
        } catch (IllegalArgumentException noSize) {
            return false;
        }
    }

    /** An amount of the resource that the place is named after. */
    static void amount(Place place, FieldErrors errors) {
        amount(place.name(), place.value(), place.path(), errors);
    }

    /** An amount: not below zero, and whole where things are counted. */
    static void amount(String name, @Nullable Object value, String path, FieldErrors errors) {
        Quantity amount = Quantity.of(value);
        if (amount.compareTo(Quantity.ZERO) < 0) {
            errors.invalid(path, value, "must be greater than or equal to 0");
        }
        if ((COUNTED.contains(name) || isExtended(name)) && amount.millis() % 1000 != 0) {
            errors.invalid(path, value, "must be an integer");
        }
    }
}
