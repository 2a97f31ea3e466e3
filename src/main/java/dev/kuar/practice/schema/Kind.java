package dev.kuar.practice.schema;

import dev.kuar.practice.object.GroupResource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A kind of object in one served version: what discovery says about it, and how it is stored and shown.
 *
 * <p>Built-in kinds come from {@code practice/kinds/}, others from a CustomResourceDefinition.
 *
 * @param group empty for the core group
 * @param version for instance {@code v1}
 * @param kind for instance {@code Pod}
 * @param listKind for instance {@code PodList}
 * @param resource the plural, lower case
 * @param singular lower case
 * @param namespaced whether its objects live in namespaces
 * @param shortNames for instance {@code po}
 * @param categories for instance {@code all}
 * @param verbs in the order of discovery
 * @param subresources in the order of discovery
 * @param storageHash what discovery shows as {@code storageVersionHash}; empty where it shows none
 * @param storedAs the apiVersion in which objects are stored; empty for virtual kinds
 * @param keyPrefix between {@code /registry/} and the namespace or name, for instance {@code services/specs}
 * @param columns of its table, beginning with the name and mostly ending with the age
 * @param fieldSelectors paths that may be selected on besides {@code metadata.name} and {@code metadata.namespace}
 * @param flags see {@link Flag}
 * @param schema the shape of its objects; of built-in kinds read when first used
 * @param scale where a custom resource keeps its replicas; null without
 */
public record Kind(
        String group,
        String version,
        String kind,
        String listKind,
        String resource,
        String singular,
        boolean namespaced,
        List<String> shortNames,
        List<String> categories,
        List<String> verbs,
        List<Subresource> subresources,
        String storageHash,
        String storedAs,
        String keyPrefix,
        List<Column> columns,
        List<String> fieldSelectors,
        Set<Flag> flags,
        TypeSchema schema,
        @Nullable ScalePaths scale) {

    /** What sets a kind apart from the ordinary. */
    public enum Flag {
        /** {@code metadata.generation} counts changes of everything but metadata and status. */
        GENERATION,
        /** A deletion waits for the grace period. */
        GRACEFUL_DELETION,
        /** Never stored: answers are computed from the request. */
        VIRTUAL,
        /** DELETE answers the object instead of a Status. */
        RETURNS_DELETED,
        /** PUT must carry a resourceVersion. */
        NO_UNCONDITIONAL_UPDATE,
        /** PUT of what is absent creates it. */
        CREATE_ON_UPDATE,
        /** Made from a CustomResourceDefinition. */
        CUSTOM
    }

    /** Where a custom resource keeps what its scale shows; {@code selector} may be empty. Paths as in the CRD. */
    public record ScalePaths(String spec, String status, String selector) {}

    public Kind {
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
        verbs = List.copyOf(verbs);
        subresources = List.copyOf(subresources);
        columns = List.copyOf(columns);
        fieldSelectors = List.copyOf(fieldSelectors);
        flags = Set.copyOf(flags);
    }

    /** As objects carry it: {@code v1}, {@code apps/v1}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    public GroupResource groupResource() {
        return new GroupResource(group, resource);
    }

    public boolean has(Flag flag) {
        return flags.contains(flag);
    }

    public boolean isVirtual() {
        return has(Flag.VIRTUAL);
    }

    public boolean isCustom() {
        return has(Flag.CUSTOM);
    }

    public Optional<Subresource> subresource(String name) {
        return subresources.stream().filter(s -> s.name().equals(name)).findFirst();
    }

    /** Whether status is written through its own subresource, and so ignored elsewhere. */
    public boolean hasStatus() {
        return subresource("status").isPresent();
    }

    /** The key in the store without the leading {@code /registry/}; {@code namespace} is ignored where it has none. */
    public String key(String namespace, String name) {
        return namespaced ? keyPrefix + "/" + namespace + "/" + name : keyPrefix + "/" + name;
    }

    @Override
    public String toString() {
        return apiVersion() + " " + kind;
    }
}
