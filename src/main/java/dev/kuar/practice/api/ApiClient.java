package dev.kuar.practice.api;

import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The in-process client of the API server, for controllers, scheduler, kubelets and network.
 *
 * <p>Every call passes the same admission, validation and managed-fields path as a request over HTTPS, made by
 * {@link #as the client's user}; only the wire is missing. Failures are {@code ApiException}s worded as upstream.
 * Objects that come back are shared: change a copy. {@code namespace} is empty for cluster-scoped kinds, and in
 * {@link #list} for all namespaces.
 */
public interface ApiClient {
    KubeObject get(GroupResource resource, String namespace, String name);

    /** Like {@link #get}, empty for 404. */
    Optional<KubeObject> find(GroupResource resource, String namespace, String name);

    /** What a subresource says, for instance the {@code scale}. */
    KubeObject getSubresource(GroupResource resource, String namespace, String name, String subresource);

    /** In key order. */
    ObjectList list(GroupResource resource, String namespace, ListOptions options);

    KubeObject create(GroupResource resource, String namespace, KubeObject object);

    /** Replaces the object; conflicts where its resourceVersion is set and stale. */
    KubeObject update(GroupResource resource, KubeObject object);

    /** Replaces one subresource, for instance {@code status} or {@code scale}. */
    KubeObject updateSubresource(GroupResource resource, String subresource, KubeObject object);

    /** @param subresource empty for the object itself */
    KubeObject patch(
            GroupResource resource, String namespace, String name, String subresource, PatchType type, Object patch);

    /** Posts to a subresource: {@code binding}, {@code eviction}, {@code token}; what the server answers. */
    KubeObject createSubresource(
            GroupResource resource, String namespace, String name, String subresource, KubeObject body);

    /** The object as it was, or as it now waits for its finalizers or its grace period. */
    KubeObject delete(GroupResource resource, String namespace, String name, DeleteOptions options);

    /** The shared local view of all objects of a kind, started at first use; kept until the cluster closes. */
    Informer informer(GroupResource resource);

    /**
     * Every resource that is served now, custom ones included, each once in its preferred version. A live read: a
     * CustomResourceDefinition that is Established a moment later is in the next answer.
     */
    default List<ServedResource> resources() {
        throw new UnsupportedOperationException("this client does not discover");
    }

    /**
     * A resource that is served.
     *
     * @param apiVersion the preferred one, {@code apps/v1}
     * @param verbs {@code list}, {@code watch}, {@code delete}, {@code deletecollection} …
     */
    record ServedResource(
            GroupResource resource, String apiVersion, String kind, boolean namespaced, Set<String> verbs) {}

    /** The same cluster as another user; {@code agent} names the field manager and stands in the audit log. */
    ApiClient as(UserInfo user, String agent);

    /**
     * Objects of one kind.
     *
     * @param resourceVersion the revision that the list shows
     */
    record ObjectList(String resourceVersion, List<KubeObject> items) {}

    /** Selectors in their text form; empty for none. */
    record ListOptions(String labelSelector, String fieldSelector) {
        public static final ListOptions ALL = new ListOptions("", "");

        public static ListOptions labels(String selector) {
            return new ListOptions(selector, "");
        }

        public static ListOptions fields(String selector) {
            return new ListOptions("", selector);
        }
    }

    /**
     * How to delete.
     *
     * @param propagation {@code Background}, {@code Foreground}, {@code Orphan}; empty for the kind's default
     * @param gracePeriodSeconds negative for the object's own
     * @param preconditions {@code uid}, {@code resourceVersion}; empty for none
     */
    record DeleteOptions(String propagation, long gracePeriodSeconds, Map<String, String> preconditions) {
        public static final DeleteOptions DEFAULT = new DeleteOptions("", -1, Map.of());
        public static final DeleteOptions NOW = new DeleteOptions("", 0, Map.of());

        /** Only if the object is still the one with this uid. */
        public static DeleteOptions ofUid(String uid) {
            return new DeleteOptions("", -1, Map.of("uid", uid));
        }
    }

    /** The form of a patch. */
    enum PatchType {
        JSON,
        MERGE,
        STRATEGIC,
        APPLY
    }
}
