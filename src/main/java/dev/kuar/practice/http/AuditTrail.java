package dev.kuar.practice.http;

import dev.kuar.practice.auth.Impersonated;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.AuditNotes;
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
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes of each answered call an audit event, if anybody listens. */
final class AuditTrail {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final String SESSION = "Kubectl-Session";

    private final AuditListener listener;
    private final ClusterClock clock;

    AuditTrail(AuditListener listener, ClusterClock clock) {
        this.listener = listener;
        this.clock = clock;
    }

    /** Begins what the policy wants of a call, once it is known who asks. */
    void begin(Call call, RequestPath path) {
        Optional<AuditPolicy> policy = listener.policy();
        if (policy.isEmpty()) {
            return;
        }
        AuditPolicy.Decision decision = policy.get().decide(call.user(), path, path.nameOrSelected(call), call.path());
        if (decision.level() == AuditPolicy.Level.NONE) {
            return;
        }
        AuditRecord record =
                new AuditRecord(decision, path.isLongRunning(), stage -> told(call, path, stage), listener::written);
        call.record(record);
        if (record.wants(AuditPolicy.Level.REQUEST_RESPONSE)) {
            call.keepResponse();
        }
        if (record.wants(AuditPolicy.Level.REQUEST)) {
            call.notes().wantObject();
        }
    }

    /** A request that is refused before it begins: who asks is not known, or what it asks makes no sense. */
    void failed(Call call, RequestPath path, int code, String message) {
        begin(call, path);
        call.record().failed(code, message);
    }

    private Map<String, Object> told(Call call, RequestPath path, String stage) {
        Map<String, Object> event = new LinkedHashMap<>();
        boolean received = stage.equals("RequestReceived");
        about(event, call, path, stage);
        if (received) {
            event.put("stageTimestamp", Objects.requireNonNull(event.get("requestReceivedTimestamp")));
            return event;
        }
        Object understood = call.notes().object();
        Object asked = understood == null ? RequestObject.of(call, path) : understood;
        if (asked != null) {
            if (asked instanceof Map<?, ?> object && !path.verb().equals("patch")) {
                RequestObject.complete(event, object);
            }
            event.put("requestObject", asked);
        }
        Map<String, Object> response = call.keptResponse();
        if (!response.isEmpty()) {
            event.put("responseObject", response);
        }
        if (call.isAuthorized()) {
            boolean forbidden = call.exchange().getStatusCode() == 403;
            annotations(event).put("authorization.k8s.io/decision", forbidden ? "forbid" : "allow");
            annotations(event).put("authorization.k8s.io/reason", "");
        }
        boolean detailed = call.record().wants(AuditPolicy.Level.REQUEST);
        call.notes().all().forEach((name, value) -> {
            if (detailed || !name.startsWith(AuditNotes.DETAILED)) {
                annotations(event).put(name, value);
            }
        });
        return event;
    }

    /** Before it is handled: keeps the answer of what a kubectl asks for, where somebody wants it. */
    void received(Call call, RequestPath path) {
        if (!call.header(SESSION).isEmpty() && listener.wantsResponses()) {
            call.follow();
            listener.heard(event(call, path, null, "RequestReceived"));
        }
    }

    void answered(Call call, RequestPath path) {
        if (listener.isListening()) {
            listener.heard(
                    event(call, path, null, path.verb().equals("watch") ? "ResponseStarted" : "ResponseComplete"));
        }
    }

    void refused(Call call, RequestPath path, Status status) {
        if (listener.isListening()) {
            listener.heard(event(call, path, status, "ResponseComplete"));
        }
    }

    private KubeObject event(Call call, RequestPath path, @Nullable Status refusal, String stage) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("kind", "Event");
        event.put("apiVersion", "audit.k8s.io/v1");
        event.put("level", call.isFollowed() ? "RequestResponse" : "Metadata");
        about(event, call, path, stage);
        if (!stage.equals("RequestReceived")) {
            outcome(event, call, refusal);
        }
        if (call.isFollowed()) {
            annotations(event).putAll(ofKubectl(call));
        }
        return KubeObject.of(event);
    }

    /** Who asked for what, and when. */
    private void about(Map<String, Object> event, Call call, RequestPath path, String stage) {
        event.put("auditID", call.auditId());
        event.put("stage", stage);
        event.put("requestURI", call.uri());
        event.put("verb", path.verb());
        event.put("user", user(call.user()));
        Impersonated other = call.impersonated();
        if (other != null) {
            event.put("impersonatedUser", user(other.user()));
            if (!other.constraint().isEmpty()) {
                event.put(
                        "authenticationMetadata",
                        new LinkedHashMap<>(Map.of("impersonationConstraint", other.constraint())));
            }
        }
        event.put("sourceIPs", new ArrayList<>(List.of("127.0.0.1")));
        if (!call.agent().isEmpty()) {
            event.put("userAgent", call.agent());
        }
        if (path.resourceRequest()) {
            event.put("objectRef", reference(path));
        }
        Instant now = clock.now();
        event.put("requestReceivedTimestamp", MICROS.format(call.receivedAt(now)));
        event.put("stageTimestamp", MICROS.format(now));
    }

    private static void outcome(Map<String, Object> event, Call call, @Nullable Status refusal) {
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
        Map<String, Object> response = call.isFollowed() ? call.keptResponse() : Map.of();
        if (!response.isEmpty()) {
            event.put("responseObject", response);
        }
        boolean forbidden = refusal != null && refusal.code() == 403;
        annotations(event).put("authorization.k8s.io/decision", forbidden ? "forbid" : "allow");
        annotations(event).put("authorization.k8s.io/reason", "");
        call.notes().all().forEach((name, value) -> {
            if (call.isFollowed() || !name.startsWith(AuditNotes.DETAILED)) {
                annotations(event).put(name, value);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> annotations(Map<String, Object> event) {
        return (Map<String, Object>) event.computeIfAbsent("annotations", key -> new LinkedHashMap<String, Object>());
    }

    /** What a kubectl says of itself: one session a run, and the command of that run. */
    private static Map<String, Object> ofKubectl(Call call) {
        return Map.of(
                AuditListener.SESSION, call.header(SESSION),
                AuditListener.COMMAND, call.header("Kubectl-Command"),
                AuditListener.KIND, call.kind());
    }

    private static Map<String, Object> user(UserInfo user) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "username", user.name());
        if (!user.uid().isEmpty()) {
            tree.put("uid", user.uid());
        }
        if (!user.groups().isEmpty()) {
            tree.put("groups", new ArrayList<>(user.groups()));
        }
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
