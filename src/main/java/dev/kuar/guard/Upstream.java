package dev.kuar.guard;

import dev.kuar.kubectl.rest.Answer;
import dev.kuar.kubectl.rest.Cancellation;
import dev.kuar.kubectl.rest.ClientSettings;
import dev.kuar.kubectl.rest.Failure;
import dev.kuar.kubectl.rest.RequestGate;
import dev.kuar.kubectl.rest.RestClient;
import dev.kuar.kubectl.rest.SharedClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One foreign cluster, reached as the learner's kubeconfig says: with its certificates, tokens, password or credential plugin.
 *
 * <p>A plugin runs at the first request and when its answer has expired. Files of certificates and tokens are read again each
 * minute. Safe for many threads.
 */
final class Upstream {
    private static final Duration FRESH = Duration.ofSeconds(60);

    private final String context;
    private final ForeignContexts contexts;
    private final Clock clock;
    private @Nullable ClientSettings settings;
    private @Nullable SharedClient shared;
    private Instant read = Instant.MIN;
    private String stamp = "";
    private String uid = "";
    private Instant identified = Instant.MIN;

    Upstream(String context, ForeignContexts contexts, Clock clock) {
        this.context = context;
        this.contexts = contexts;
        this.clock = clock;
    }

    /** What a {@link RestClient} tells goes nowhere: the client at the other side of the guard tells it. */
    private static final class Silence implements RestClient.RequestLog {
        @Override
        public void warning(String text) {}

        @Override
        public void unhandled(String text) {}

        @Override
        public void request(String method, String url, int status, long milliseconds) {}
    }

    /**
     * Sends a request with the learner's credentials.
     *
     * @throws Failure when the cluster cannot be reached or logged in to
     */
    Answer exchange(String method, String path, Map<String, String> headers, byte @Nullable [] body) {
        return client().exchange(method, path, headers, body, 0);
    }

    /** The settings as they are now. */
    synchronized ClientSettings settings() {
        var unused = client();
        return java.util.Objects.requireNonNull(settings);
    }

    /** Who runs the cluster, as its namespace kube-system tells; empty where that may not be read. Asked at most once a minute. */
    synchronized String uid() {
        Instant now = clock.instant();
        if (identified.plus(FRESH).isBefore(now)) {
            uid = uidNow();
            identified = now;
        }
        return uid;
    }

    private String uidNow() {
        try (Answer answer =
                exchange("GET", "/api/v1/namespaces/kube-system", Map.of("Accept", RestClient.JSON), null)) {
            return answer.status() == 200 ? answer.tree().text("metadata", "uid") : "";
        } catch (java.io.IOException closed) {
            return "";
        }
    }

    /** The Kubernetes version that the server tells; empty where it does not. */
    String version() {
        try (Answer answer = exchange("GET", "/version", Map.of("Accept", RestClient.JSON), null)) {
            return answer.status() == 200 ? answer.tree().text("gitVersion") : "";
        } catch (java.io.IOException closed) {
            return "";
        }
    }

    private synchronized RestClient client() {
        Instant now = clock.instant();
        String files = contexts.stamp();
        ClientSettings known = settings;
        SharedClient warm = shared;
        if (known == null
                || warm == null
                || !files.equals(stamp)
                || read.plus(FRESH).isBefore(now)) {
            ClientSettings fresh = contexts.settings(context)
                    .orElseThrow(() -> Failure.error("context \"" + context + "\" does not exist"));
            if (warm == null || !fresh.connection().equals(known == null ? null : known.connection())) {
                if (warm != null) {
                    warm.pool().close();
                }
                warm = SharedClient.of(fresh, clock, RequestGate.OPEN);
                identified = Instant.MIN;
            }
            known = fresh;
            settings = fresh;
            shared = warm;
            read = now;
            stamp = files;
        }
        return new RestClient(
                known, warm, new Cancellation(), new Silence(), contexts.pluginEnvironment(), Duration.ZERO);
    }

    synchronized void close() {
        if (shared != null) {
            shared.pool().close();
        }
    }
}
