package dev.kuar.practice.admission;

import dev.kuar.practice.object.ApiException;
import dev.kuar.practice.object.ClusterReader;
import dev.kuar.practice.object.GroupResource;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Statuses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Nothing new in namespaces that are absent or going away; the namespaces of every cluster stay. */
final class NamespaceLifecycle implements Admission {
    private static final GroupResource NAMESPACES = GroupResource.core("namespaces");
    private static final Set<String> KEPT = Set.of("default", "kube-system", "kube-public");
    private static final Set<String> REVIEWS = Set.of("localsubjectaccessreviews", "subjectaccessreviews");

    private final ClusterReader reader;

    NamespaceLifecycle(ClusterReader reader) {
        this.reader = reader;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (request.isFor("", "namespaces")) {
            if (request.isDelete() && KEPT.contains(request.name())) {
                throw request.forbidden("this namespace may not be deleted");
            }
            return;
        }
        if (!request.kind().namespaced()
                || !request.isCreate()
                || REVIEWS.contains(request.kind().resource())) {
            return;
        }
        Optional<KubeObject> namespace = reader.find(NAMESPACES, "", request.namespace());
        if (namespace.isEmpty()) {
            throw Statuses.notFound(NAMESPACES, request.namespace());
        }
        if (namespace.get().isTerminating()) {
            throw terminating(request);
        }
    }

    private static ApiException terminating(AdmissionRequest request) {
        Map<String, Object> details = new LinkedHashMap<>(Statuses.details(request.resource(), request.name()));
        List<Object> causes = new ArrayList<>();
        causes.add(Statuses.cause(
                "NamespaceTerminating",
                "namespace " + request.namespace() + " is being terminated",
                "metadata.namespace"));
        details.put("causes", causes);
        String message = request.forbidden("unable to create new content in namespace " + request.namespace()
                        + " because it is being terminated")
                .status()
                .message();
        return Statuses.of(403, "Forbidden", message, details);
    }
}
