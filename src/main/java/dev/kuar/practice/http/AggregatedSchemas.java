package dev.kuar.practice.http;

import dev.kuar.practice.api.NodeConnector.HttpReply;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The OpenAPI documents of extension API servers, for those of the cluster: where each has its v3 document, and what of its v2
 * document is about the group versions that are its own. Kept for a minute; of a server that does not answer there is nothing.
 *
 * <p>Models the aggregation of kube-aggregator of Kubernetes 1.36, but asks when somebody wants to know.
 */
final class AggregatedSchemas {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final UserInfo ASKER = UserInfo.of("system:aggregator", "system:masters");

    private final Aggregation aggregation;
    private final ClusterClock clock;
    private final Map<String, Heard> heard = new HashMap<>();

    AggregatedSchemas(Aggregation aggregation, ClusterClock clock) {
        this.aggregation = aggregation;
        this.clock = clock;
    }

    /**
     * What a server says.
     *
     * @param places of its v3 documents by their path in the index
     * @param v2 its v2 document; empty where it has none
     * @param mark another for another v2 document
     */
    private record Heard(Instant at, Map<String, Object> places, KubeObject v2, String mark) {
        static final Map<String, Object> NOTHING = Map.of();

        static Heard of(Instant at, Map<String, Object> places, KubeObject v2) {
            String mark = v2.tree().isEmpty()
                    ? ""
                    : Integer.toHexString(JsonWriter.text(v2.tree()).hashCode());
            return new Heard(at, places, v2, mark);
        }
    }

    /** The APIService whose server has the v3 document of a path, {@code apis/GROUP/VERSION}. */
    Optional<KubeObject> server(String path) {
        List<String> parts = Paths.split(path);
        return parts.size() == 3 && parts.get(0).equals("apis")
                ? aggregation.available(parts.get(1), parts.get(2))
                : Optional.empty();
    }

    /** Where the v3 documents of group versions are that others serve, by their path in the index. */
    synchronized Map<String, Object> places() {
        Map<String, Object> places = new TreeMap<>();
        for (KubeObject service : aggregation.all()) {
            String path = path(service);
            Object place = heard(service).places().get(path);
            if (place != null) {
                places.put(path, place);
            }
        }
        return places;
    }

    private static String path(KubeObject service) {
        return "apis/" + service.text("spec", "group") + "/" + service.text("spec", "version");
    }

    /** Changes when anything does that {@link #merge} puts in. */
    synchronized String stamp() {
        StringBuilder stamp = new StringBuilder();
        for (KubeObject service : aggregation.all()) {
            String mark = heard(service).mark();
            if (!mark.isEmpty()) {
                stamp.append(service.name()).append(' ').append(mark).append(' ');
            }
        }
        return stamp.toString();
    }

    /** Puts the paths of others into a v2 document, and the definitions that are not there. */
    synchronized void merge(Map<String, Object> document) {
        Map<String, Object> paths = new TreeMap<>(KubeObject.of(document).map("paths"));
        Map<String, Object> definitions =
                new LinkedHashMap<>(KubeObject.of(document).map("definitions"));
        for (KubeObject service : aggregation.all()) {
            KubeObject own = heard(service).v2();
            String prefix = "/" + path(service) + "/";
            own.map("paths").forEach((path, operations) -> {
                if (path.startsWith(prefix)) {
                    paths.putIfAbsent(path, operations);
                }
            });
            own.map("definitions").forEach(definitions::putIfAbsent);
        }
        document.put("paths", paths);
        document.put("definitions", definitions);
    }

    private Heard heard(KubeObject service) {
        String server = service.map("spec", "service") + service.text("spec", "caBundle");
        Heard known = heard.get(server);
        boolean available = Aggregation.isAvailable(service);
        if (!available) {
            heard.remove(server);
            return Heard.of(clock.now(), Heard.NOTHING, KubeObject.of(new LinkedHashMap<>()));
        }
        if (known == null || known.at().plus(FRESH).isBefore(clock.now())) {
            known = Heard.of(clock.now(), ask(service, "/openapi/v3").map("paths"), ask(service, "/openapi/v2"));
            heard.put(server, known);
        }
        return known;
    }

    private KubeObject ask(KubeObject service, String path) {
        try {
            HttpReply reply = aggregation.send(
                    service, ASKER, "GET", path, Map.of("Accept", List.of("application/json")), new byte[0], LIMIT);
            return KubeObject.of(reply.status() == 200 ? JsonReader.readMap(reply.body()) : new LinkedHashMap<>());
        } catch (IOException | RuntimeException broken) {
            System.getLogger(AggregatedSchemas.class.getName())
                    .log(System.Logger.Level.DEBUG, "OpenAPI of " + service.name(), broken);
            return KubeObject.of(new LinkedHashMap<>());
        }
    }
}
