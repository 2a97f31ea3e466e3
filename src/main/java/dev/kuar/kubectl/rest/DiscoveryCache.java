package dev.kuar.kubectl.rest;

import dev.kuar.kubectl.data.Tree;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What a server was found to know, kept for ten minutes or until something is missed. */
public final class DiscoveryCache {
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final Clock clock;
    private final Map<String, Tree> documents = new ConcurrentHashMap<>();
    private @Nullable List<ApiResource> resources;
    private Instant fetched = Instant.EPOCH;

    DiscoveryCache(Clock clock) {
        this.clock = clock;
    }

    /** What is known already, without asking; empty when nothing is. */
    public synchronized List<ApiResource> known() {
        return resources == null ? List.of() : resources;
    }

    public synchronized List<ApiResource> resources(RestClient client) {
        List<ApiResource> known = resources;
        if (known == null || fetched.plus(LIFE).isBefore(clock.instant())) {
            known = Discovery.fetch(client);
            resources = known;
            fetched = clock.instant();
        }
        return known;
    }

    /** Asks anew at the next need. */
    public synchronized void forget() {
        resources = null;
        documents.clear();
    }

    /** Whether what is known is older than a moment, so that asking again may help. */
    synchronized boolean isStale() {
        return fetched.plusMillis(500).isBefore(clock.instant());
    }

    /** A document such as {@code /openapi/v3/apis/apps/v1}; asked for once. */
    public Tree document(RestClient client, String path) {
        Tree known = documents.get(path);
        if (known == null) {
            known = client.get(path);
            documents.put(path, known);
        }
        return known;
    }
}
