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

    /** What the last attempt to start it ended with, told from the next look on; empty after one that went well. */
    private String failure = "";

    private String failureMessage = "";
    private String shown = "";
    private String shownMessage = "";
    private final String initially;

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
    /** Its preStop hook is done, or it has none: it goes as soon as it is its turn. */
    boolean mayGo;

    /** The stop signal has been sent. */
    boolean signalled;

    /** Its postStart hook runs: nothing is told of it yet. */
    boolean hooking;

    /** The resources that it runs with. */
    @Nullable
    Map<String, Object> actual;

    /** It was killed to be started again. */
    boolean again;

    /** When the run before the last ended. */
    @Nullable
    Instant finishedBefore;

    /** What its next failure waits for; zero while it has not failed. */
    Duration backOff = Duration.ZERO;

    Instant backedOffAt = Instant.MIN;

    /** Until then there is no use in trying to start it. */
    Instant lookAt = Instant.MIN;

    Duration pullBackOff = Duration.ZERO;
    Instant pullAt = Instant.MIN;

    /** What a container is for. */
    enum Kind {
        INIT,
        SIDECAR,
        MAIN,
        EPHEMERAL
    }

    /** @param initially what it waits for at first, {@code ContainerCreating} or {@code PodInitializing} */
    ContainerRecord(KubeObject spec, Kind kind, String initially) {
        this.spec = spec;
        this.kind = kind;
        this.initially = initially;
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

    /** Whether its status says that it runs. */
    boolean isSeenRunning() {
        return isRunning() && !hooking;
    }

    boolean isTerminated() {
        return terminated != null;
    }

    /** Whether its status says that it has ended, and not that it waits to be started again. */
    boolean isSeenTerminated() {
        return terminated != null && shown.isEmpty();
    }

    boolean succeeded() {
        return terminated != null && exitCode == 0;
    }

    /** An attempt to start it has failed; its status says so from the next look on. */
    void fails(String reason, String message) {
        failure = reason;
        failureMessage = message;
    }

    boolean hasFailed() {
        return !failure.isEmpty();
    }

    /** An attempt to start it went well. */
    void goesWell() {
        failure = "";
        shown = "";
    }

    /** Takes it away, to be started anew with all others of its pod. */
    void remove(Instant now) {
        String message = "The container is removed because RestartAllContainers in place";
        fails(RestartRules.RESTARTING, message);
        boolean unusedNews = tell();
        last = LostContainers.end(RestartRules.RESTARTING, message);
        restarts++;
        container = null;
        startedAt = null;
        terminated = null;
        finishedAt = null;
        finishedBefore = null;
        exitCode = 0;
        ready = false;
        started = false;
        stopping = false;
        mayGo = false;
        signalled = false;
        hooking = false;
        again = false;
        backOff = Duration.ZERO;
        lookAt = now;
    }

    /** Lets its status tell of the last attempt; whether that is news. */
    boolean tell() {
        boolean news = !failure.equals(shown);
        shown = failure;
        shownMessage = failureMessage;
        return news;
    }

    /** The reason for which its status says that it waits. */
    String waitingReason() {
        return shown.isEmpty() ? initially : shown;
    }

    /** {@code state} of the container's status. */
    Map<String, Object> state() {
        Map<String, Object> inner = new LinkedHashMap<>();
        Instant since = startedAt;
        Map<String, Object> ended = terminated;
        if (ended != null && shown.isEmpty()) {
            return Map.of("terminated", ended);
        }
        if (since != null && ended == null && !hooking) {
            inner.put("startedAt", Times.seconds(since));
            return Map.of("running", inner);
        }
        if (!shown.isEmpty() && !shownMessage.isEmpty()) {
            inner.put("message", shownMessage);
        }
        inner.put("reason", waitingReason());
        return Map.of("waiting", inner);
    }

    /** How the run ended that {@code lastState} tells of; null where there was none. */
    @Nullable
    Map<String, Object> before() {
        return terminated != null && !shown.isEmpty() ? terminated : last;
    }

    /** {@code lastState} of the container's status. */
    Map<String, Object> lastState() {
        Map<String, Object> before = before();
        return before == null ? Map.of() : Map.of("terminated", before);
    }
}
