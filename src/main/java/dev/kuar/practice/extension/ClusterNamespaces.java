package dev.kuar.practice.extension;

import dev.kuar.practice.admission.Admission;
import dev.kuar.practice.admission.AdmissionChain;
import dev.kuar.practice.admission.AdmissionRequest;
import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Nothing new in namespaces that the cluster has not, or is about to lose. Who may not list the cluster's namespaces never learns of
 * them and is ready for nothing that is to be made.
 */
final class ClusterNamespaces implements Admission {
    private static final String PATH = "/api/v1/namespaces?fieldSelector=metadata.name%3D";

    private final ExtensionHost host;
    private final MainApi api;
    private final Admission lifecycle;

    ClusterNamespaces(ExtensionHost host, MainApi api) {
        this.host = host;
        this.api = api;
        this.lifecycle = AdmissionChain.namespaceLifecycle(new Reader());
    }

    @Override
    public void mutate(AdmissionRequest request) {
        try {
            lifecycle.mutate(request);
        } catch (Unlisted unknown) {
            host.log(
                    'E',
                    "reflector.go:147",
                    "k8s.io/client-go/informers/factory.go:159: Failed to watch *v1.Namespace: failed to list"
                            + " *v1.Namespace: " + unknown.getMessage());
            throw request.forbidden("not yet ready to handle request");
        }
    }

    /** The cluster does not tell its namespaces. */
    private static final class Unlisted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unlisted(ApiException refused) {
            super(refused.getMessage(), refused);
        }
    }

    /** Namespaces alone. */
    private final class Reader implements ClusterReader {
        @Override
        public Optional<KubeObject> find(GroupResource resource, String namespace, String name) {
            try {
                List<Map<String, Object>> found = api.get(PATH + name).maps("items");
                return found.stream().map(KubeObject::of).findFirst();
            } catch (ApiException refused) {
                throw new Unlisted(refused);
            }
        }

        @Override
        public Collection<KubeObject> list(GroupResource resource, String namespace) {
            return List.of();
        }

        @Override
        public Collection<KubeObject> list(
                GroupResource resource, Function<KubeObject, Collection<String>> values, String value) {
            return List.of();
        }

        @Override
        public Optional<ServedKind> served(String apiVersion, String kind) {
            return Optional.empty();
        }
    }
}
