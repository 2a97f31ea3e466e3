package dev.kuar.practice.admission;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Kind;
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
        // What a connection is about are its options.
        boolean connects = request.operation() == AdmissionRequest.Operation.CONNECT;
        String options = connects ? request.now().kind() : "";
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", kind(request.kind(), options));
        tree.put("resource", resource(request.kind()));
        if (!request.subresource().isEmpty()) {
            tree.put("subResource", request.subresource());
        }
        tree.put("requestKind", kind(request.asked(), options));
        tree.put("requestResource", resource(request.asked()));
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

    private static Map<String, Object> kind(Kind kind, String options) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("group", kind.group());
        tree.put("version", kind.version());
        tree.put("kind", options.isEmpty() ? kind.kind() : options);
        return tree;
    }

    private static Map<String, Object> resource(Kind kind) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("group", kind.group());
        tree.put("version", kind.version());
        tree.put("resource", kind.resource());
        return tree;
    }
}
