package dev.kuar.practice.http;

import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Status;
import dev.kuar.practice.time.ClusterClock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes of each answered call an audit event, if anybody listens. */
final class AuditTrail {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final AuditListener listener;
    private final ClusterClock clock;

    AuditTrail(AuditListener listener, ClusterClock clock) {
        this.listener = listener;
        this.clock = clock;
    }

    void answered(Call call, RequestPath path) {
        if (listener != AuditListener.NONE) {
            listener.heard(event(call, path, null));
        }
    }

    void refused(Call call, RequestPath path, Status status) {
        if (listener != AuditListener.NONE) {
            listener.heard(event(call, path, status));
        }
    }

    private KubeObject event(Call call, RequestPath path, @Nullable Status refusal) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("kind", "Event");
        event.put("apiVersion", "audit.k8s.io/v1");
        event.put("level", "Metadata");
        event.put("auditID", call.auditId());
        event.put("stage", path.verb().equals("watch") && refusal == null ? "ResponseStarted" : "ResponseComplete");
        event.put("requestURI", uri(call));
        event.put("verb", path.verb());
        event.put("user", user(call.user()));
        UserInfo other = call.impersonated();
        if (other != null) {
            event.put("impersonatedUser", user(other));
        }
        event.put("sourceIPs", new ArrayList<>(List.of("127.0.0.1")));
        if (!call.agent().isEmpty()) {
            event.put("userAgent", call.agent());
        }
        if (path.resourceRequest()) {
            event.put("objectRef", reference(path));
        }
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("metadata", new LinkedHashMap<>());
        if (refusal != null) {
            outcome.put("status", "Failure");
            outcome.put("message", refusal.message());
            if (!refusal.reason().isEmpty()) {
                outcome.put("reason", refusal.reason());
            }
        }
        outcome.put("code", (long) (refusal == null ? call.exchange().getStatusCode() : refusal.code()));
        event.put("responseStatus", outcome);
        Instant now = clock.now();
        event.put("requestReceivedTimestamp", MICROS.format(call.receivedAt(now)));
        event.put("stageTimestamp", MICROS.format(now));
        Map<String, Object> annotations = new LinkedHashMap<>();
        boolean forbidden = refusal != null && refusal.code() == 403;
        annotations.put("authorization.k8s.io/decision", forbidden ? "forbid" : "allow");
        annotations.put("authorization.k8s.io/reason", "");
        event.put("annotations", annotations);
        return KubeObject.of(event);
    }

    private static String uri(Call call) {
        String query = call.exchange().getQueryString();
        return call.exchange().getRequestURI() + (query.isEmpty() ? "" : "?" + query);
    }

    private static Map<String, Object> user(UserInfo user) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("username", user.name());
        if (!user.uid().isEmpty()) {
            tree.put("uid", user.uid());
        }
        tree.put("groups", new ArrayList<>(user.groups()));
        if (!user.extra().isEmpty()) {
            tree.put("extra", new LinkedHashMap<>(user.extra()));
        }
        return tree;
    }

    private static Map<String, Object> reference(RequestPath path) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "resource", path.resource());
        put(tree, "namespace", path.namespace());
        put(tree, "name", path.name());
        put(tree, "apiGroup", path.group());
        put(tree, "apiVersion", path.version());
        put(tree, "subresource", path.subresource());
        return tree;
    }

    private static void put(Map<String, Object> tree, String key, String value) {
        if (!value.isEmpty()) {
            tree.put(key, value);
        }
    }
}
