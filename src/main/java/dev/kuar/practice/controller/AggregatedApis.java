package dev.kuar.practice.controller;

import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** APIs that pods serve through the aggregation layer, as the controllers ask them. */
public interface AggregatedApis {
    /** None is there. */
    AggregatedApis NONE = new AggregatedApis() {
        @Override
        public String probe(KubeObject apiService) {
            return "there is no aggregation layer here";
        }

        @Override
        public Optional<KubeObject> get(String group, String version, String path) {
            return Optional.empty();
        }
    };

    /** Asks for the discovery document; empty where it is given, else why not. */
    String probe(KubeObject apiService);

    /**
     * An object below {@code /apis/GROUP/VERSION}; the Status that refuses it is an object too.
     *
     * @return empty where the API is not available
     */
    Optional<KubeObject> get(String group, String version, String path);

    /** What is served, each resource once in the version that its group prefers. */
    default Discovered discover() {
        return new Discovered(List.of(), List.of());
    }

    /**
     * The objects of a resource.
     *
     * @param namespace empty for all
     * @throws dev.kuar.practice.object.ApiException with what refuses it, 503 where nobody answers
     */
    default List<KubeObject> list(Resource resource, String namespace) {
        return List.of();
    }

    /**
     * Deletes an object; nothing where there is none.
     *
     * @param namespace empty for an object of none
     * @throws dev.kuar.practice.object.ApiException see {@link #list}
     */
    default void delete(Resource resource, String namespace, String name, String uid, String propagation) {}

    /**
     * Replaces an object; see {@link #list}.
     *
     * @return what it is now
     */
    default KubeObject update(Resource resource, KubeObject object) {
        return object;
    }

    /**
     * What discovery found.
     *
     * @param failed group versions that did not tell, {@code metrics.k8s.io/v1beta1}
     */
    record Discovered(List<Resource> resources, List<String> failed) {}

    /** A resource that is served elsewhere. */
    record Resource(GroupResource name, String version, String kind, boolean namespaced, Set<String> verbs) {
        public String apiVersion() {
            return name.group() + "/" + version;
        }
    }
}
