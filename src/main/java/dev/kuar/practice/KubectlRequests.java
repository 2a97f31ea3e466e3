package dev.kuar.practice;

import dev.kuar.error.Edge;
import dev.kuar.practice.http.AuditListener;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What kubectls ask of practice clusters, heard from audit events until it is closed. */
public final class KubectlRequests implements AuditListener, AutoCloseable {
    private static final long PATIENCE_MILLIS = 1000;

    private final Map<String, Optional<Request>> byAudit = new LinkedHashMap<>();
    private @Nullable AutoCloseable subscription;

    KubectlRequests() {}

    /**
     * One request for a resource, answered.
     *
     * @param session of the kubectl that asked: one a run
     * @param command of that kubectl, without the program's name: {@code rollout status}
     * @param verb as RBAC knows it
     * @param namespace empty for cluster-wide
     * @param name empty for a collection
     * @param subresource empty for the object itself
     * @param code the status
     * @param response the JSON that was answered to reads; empty where there is none
     */
    public record Request(
            String session,
            String command,
            String verb,
            String apiVersion,
            String kind,
            String namespace,
            String name,
            String subresource,
            int code,
            String response) {}

    void subscribed(AutoCloseable closing) {
        subscription = closing;
    }

    @Override
    public boolean wantsResponses() {
        return true;
    }

    @Override
    public synchronized void heard(KubeObject event) {
        if (!event.text("annotations", SESSION).isEmpty()
                && !event.text("objectRef", "resource").isEmpty()) {
            boolean received = event.text("stage").equals("RequestReceived");
            byAudit.put(event.text("auditID"), received ? Optional.empty() : Optional.of(request(event)));
            notifyAll();
        }
    }

    /**
     * What was asked so far, in the order of its coming in. Waits a second at most for what is not answered yet: a stream that
     * its client has left.
     */
    @Edge("waits on the wall clock for answers that are being written")
    public synchronized List<Request> heard() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (byAudit.containsValue(Optional.empty())) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return byAudit.values().stream().flatMap(Optional::stream).toList();
    }

    private static Request request(KubeObject event) {
        String group = event.text("objectRef", "apiGroup");
        String version = event.text("objectRef", "apiVersion");
        String command = event.text("annotations", COMMAND);
        int space = command.indexOf(' ');
        Object response = event.tree().get("responseObject");
        return new Request(
                event.text("annotations", SESSION),
                space < 0 ? "" : command.substring(space + 1),
                event.text("verb"),
                group.isEmpty() ? version : group + "/" + version,
                event.text("annotations", KIND),
                event.text("objectRef", "namespace"),
                event.text("objectRef", "name"),
                event.text("objectRef", "subresource"),
                Math.toIntExact(event.number(0, "responseStatus", "code")),
                response == null ? "" : new String(JsonWriter.write(response), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        AutoCloseable closing = subscription;
        if (closing != null) {
            try {
                closing.close();
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
