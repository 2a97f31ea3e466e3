package dev.kuar.practice.admission;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an AdmissionReview says about a request; policies see the same. */
final class ReviewRequest {
    private ReviewRequest() {}

    @SuppressWarnings("NullAway") // a tree to be written, where null is a value
    static Map<String, Object> of(AdmissionRequest request, String uid) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("uid", uid);
        tree.putAll(about(request));
        tree.put("object", request.object() == null ? null : request.now().tree());
        tree.put("oldObject", request.old() == null ? null : request.before().tree());
        String verb =
                switch (request.operation()) {
                    case CREATE -> "CreateOptions";
                    case UPDATE -> "UpdateOptions";
                    case DELETE -> "DeleteOptions";
                    case CONNECT -> "";
                };
        if (!verb.isEmpty()) {
            Map<String, Object> options = new LinkedHashMap<>();
            options.put("kind", verb);
            options.put("apiVersion", "meta.k8s.io/v1");
            tree.put("options", options);
        }
        return tree;
    }

    /** Without the objects. */
    static Map<String, Object> about(AdmissionRequest request) {
        Map<String, Object> kind = new LinkedHashMap<>();
        kind.put("group", request.kind().group());
        kind.put("version", request.kind().version());
        kind.put("kind", request.kind().kind());
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("group", request.kind().group());
        resource.put("version", request.kind().version());
        resource.put("resource", request.kind().resource());
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", kind);
        tree.put("resource", resource);
        if (!request.subresource().isEmpty()) {
            tree.put("subResource", request.subresource());
        }
        tree.put("requestKind", kind);
        tree.put("requestResource", resource);
        if (!request.subresource().isEmpty()) {
            tree.put("requestSubResource", request.subresource());
        }
        tree.put("name", request.name());
        if (!request.namespace().isEmpty()) {
            tree.put("namespace", request.namespace());
        }
        tree.put("operation", request.operation().name());
        KubeObject user = KubeObject.of(new LinkedHashMap<>());
        user.set(request.user().name(), "username");
        if (!request.user().uid().isEmpty()) {
            user.set(request.user().uid(), "uid");
        }
        user.set(new ArrayList<>(request.user().groups()), "groups");
        if (!request.user().extra().isEmpty()) {
            user.set(new LinkedHashMap<>(request.user().extra()), "extra");
        }
        tree.put("userInfo", user.tree());
        tree.put("dryRun", request.dryRun());
        return tree;
    }
}
