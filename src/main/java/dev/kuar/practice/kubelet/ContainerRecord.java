package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Container;
import dev.kuar.practice.object.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a kubelet knows of one container of a pod. Guarded by its pod's worker. */
final class ContainerRecord {
    /** How often a container that fails is tried again. */
    static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);

    static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(300);

    private KubeObject spec;
    private final Kind kind;
    final List<ProbeLoop> probes = new ArrayList<>();
    String id = "";
    String imageId = "";
    String imageName = "";

    @Nullable
    Container container;

    @Nullable
    ContainerLog log;

    @Nullable
    ContainerLog previousLog;

    String waitingReason = "PodInitializing";
    String waitingMessage = "";

    @Nullable
    Instant startedAt;

    @Nullable
    Map<String, Object> terminated;

    @Nullable
    Map<String, Object> last;

    @Nullable
    Instant finishedAt;

    int exitCode;
    int restarts;
    boolean ready;
    boolean started;
    boolean stopping;
    Duration backOff = Duration.ZERO;
    Instant retryAt = Instant.MIN;
    Duration pullBackOff = Duration.ZERO;
    Instant pullAt = Instant.MIN;
    Instant toldOfPull = Instant.EPOCH;

    @Nullable
    String startingMessage;

    /** What a container is for. */
    enum Kind {
        INIT,
        SIDECAR,
        MAIN,
        EPHEMERAL
    }

    ContainerRecord(KubeObject spec, Kind kind) {
        this.spec = spec;
        this.kind = kind;
        if (kind == Kind.MAIN || kind == Kind.EPHEMERAL) {
            waitingReason = "ContainerCreating";
        }
    }

    KubeObject spec() {
        return spec;
    }

    /** The specification has changed; what runs goes on as it was. */
    void respecify(KubeObject now) {
        spec = now;
    }

    Kind kind() {
        return kind;
    }

    String name() {
        return spec.text("name");
    }

    String image() {
        return spec.text("image");
    }

    /** As events name it. */
    String fieldPath() {
        String list =
                switch (kind) {
                    case INIT, SIDECAR -> "initContainers";
                    case MAIN -> "containers";
                    case EPHEMERAL -> "ephemeralContainers";
                };
        return "spec." + list + "{" + name() + "}";
    }

    boolean isRunning() {
        return startedAt != null && terminated == null;
    }

    boolean isTerminated() {
        return terminated != null;
    }

    boolean succeeded() {
        return terminated != null && exitCode == 0;
    }

    void waiting(String reason, String message) {
        waitingReason = reason;
        waitingMessage = message;
    }

    /** {@code state} of the container's status. */
    Map<String, Object> state() {
        Map<String, Object> inner = new LinkedHashMap<>();
        Instant since = startedAt;
        if (terminated != null) {
            return Map.of("terminated", terminated);
        }
        if (since != null) {
            inner.put("startedAt", Times.seconds(since));
            return Map.of("running", inner);
        }
        if (!waitingMessage.isEmpty()) {
            inner.put("message", waitingMessage);
        }
        inner.put("reason", waitingReason);
        return Map.of("waiting", inner);
    }

    /** {@code lastState} of the container's status. */
    Map<String, Object> lastState() {
        Map<String, Object> before = last;
        return before == null ? Map.of() : Map.of("terminated", before);
    }
}
