package dev.kuar.practice.http;

import dev.kuar.practice.object.KubeObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the audit policy wants of one request, stage by stage: RequestReceived; of what goes on for long ResponseStarted; and
 * at the end ResponseComplete or Panic. Source: {@code apiserver/pkg/endpoints/filters/audit.go}.
 *
 * <p>Thread-safe: the end of a watch is not on the request's thread.
 */
final class AuditRecord {
    /** Of a request that nobody writes about. */
    static final AuditRecord NONE = new AuditRecord(
            new AuditPolicy.Decision(AuditPolicy.Level.NONE, Set.of(), false), false, stage -> Map.of(), event -> {});

    private final AuditPolicy.Decision decision;
    private final boolean longRunning;
    private final Function<String, Map<String, Object>> events;
    private final Consumer<KubeObject> sink;
    private Map<String, Object> status = Map.of();
    private int code;
    private boolean started;
    private boolean over;

    /**
     * @param events what there is to say at a stage, without level, objects and status
     * @param sink takes the events
     */
    AuditRecord(
            AuditPolicy.Decision decision,
            boolean longRunning,
            Function<String, Map<String, Object>> events,
            Consumer<KubeObject> sink) {
        this.decision = decision;
        this.longRunning = longRunning;
        this.events = events;
        this.sink = sink;
    }

    /** Whether anything is; what is not, is shared by all such requests and stays as it is. */
    private boolean isWritten() {
        return wants(AuditPolicy.Level.METADATA);
    }

    boolean wants(AuditPolicy.Level level) {
        return decision.level().compareTo(level) >= 0;
    }

    /** Before anything is done. */
    void received() {
        write("RequestReceived");
    }

    /** The head of the answer goes out. */
    synchronized void started(int answered) {
        if (isWritten() && !started) {
            started = true;
            code = answered;
            if (longRunning) {
                write("ResponseStarted");
            }
        }
    }

    /** The answer is a Status, in the form in which it is served. */
    synchronized void says(Map<String, Object> answered) {
        if (isWritten()) {
            status = answered;
        }
    }

    /** All was said; once. */
    synchronized void complete() {
        if (isWritten() && !over) {
            over = true;
            if (!started) {
                says(Map.of("status", "Success", "message", "Connection closed early"));
                started(200);
            }
            write("ResponseComplete");
        }
    }

    /** Who asks was not found out, or there was something else that ends a request before it begins. */
    synchronized void failed(int refused, String message) {
        if (!isWritten()) {
            return;
        }
        over = true;
        started = true;
        code = refused;
        status = Map.of("message", message);
        write("ResponseStarted");
    }

    /** A fault ended it. */
    synchronized void panicked(Throwable fault) {
        if (isWritten() && !over) {
            over = true;
            status = Map.of("status", "Failure", "reason", "InternalError", "message", "APIServer panic'd: " + fault);
            code = 500;
            write("Panic");
        }
    }

    private void write(String stage) {
        if (!isWritten() || decision.omitStages().contains(stage)) {
            return;
        }
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("kind", "Event");
        event.put("apiVersion", "audit.k8s.io/v1");
        event.put("level", decision.level().word());
        event.putAll(events.apply(stage));
        if (!stage.equals("RequestReceived")) {
            event.put("responseStatus", AuditForm.outcome(status, code));
        }
        if (!wants(AuditPolicy.Level.REQUEST)) {
            event.remove("requestObject");
        }
        if (!wants(AuditPolicy.Level.REQUEST_RESPONSE)) {
            event.remove("responseObject");
        }
        if (decision.omitManagedFields()) {
            event.computeIfPresent("requestObject", (key, object) -> AuditForm.withoutManagedFields(object));
            event.computeIfPresent("responseObject", (key, object) -> AuditForm.withoutManagedFields(object));
        }
        sink.accept(KubeObject.of(event));
    }
}
