package dev.kuar.practice.http;

import dev.kuar.practice.api.NodeConnector.HttpReply;
import dev.kuar.practice.auth.UserInfo;
import dev.kuar.practice.object.JsonReader;
import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.time.ClusterClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What extension API servers say they serve, for the lists of discovery. They are asked in the aggregated form, those that do not know
 * it version by version; what was heard is kept for a minute, and longer, as stale, of a server that answers no more.
 *
 * <p>Models kube-aggregator's discovery manager of Kubernetes 1.36, but asks when somebody wants to know.
 */
final class AggregatedGroups {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final UserInfo ASKER = UserInfo.of("system:kube-aggregator", "system:masters");
    private static final String WANTED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
            + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";

    private final Aggregation aggregation;
    private final ClusterClock clock;
    private final Map<String, Heard> heard = new HashMap<>();
    private long changes;

    AggregatedGroups(Aggregation aggregation, ClusterClock clock) {
        this.aggregation = aggregation;
        this.clock = clock;
    }

    /**
     * What was heard of a group version.
     *
     * @param uid and spec those of the APIService that it was asked by, available whether it was that
     * @param version its entry; null while nothing was heard
     */
    private record Heard(
            String uid,
            Object spec,
            boolean available,
            Instant at,
            @Nullable Map<String, Object> version,
            boolean current) {}

    /** What changes when any answer does; asks whoever is to be asked again. */
    synchronized String stamp() {
        refresh();
        return Long.toString(changes);
    }

    /** Versions for {@code APIGroupDiscoveryList}: with the resources that the server itself tells of, perhaps stale. */
    synchronized List<RankedGroup.Version> aggregated() {
        refresh();
        List<RankedGroup.Version> versions = new ArrayList<>();
        for (KubeObject each : aggregation.all()) {
            Heard known = heard.get(each.name());
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("version", each.text("spec", "version"));
            if (known != null && known.version() != null) {
                Object resources = known.version().get("resources");
                if (resources instanceof List<?> list && !list.isEmpty()) {
                    tree.put("resources", list);
                }
            }
            tree.put("freshness", known != null && known.current() ? "Current" : "Stale");
            versions.add(version(each, tree));
        }
        return versions;
    }

    /** Versions for {@code APIGroupList}, whether they are available or not. */
    List<RankedGroup.Version> plain() {
        List<RankedGroup.Version> versions = new ArrayList<>();
        for (KubeObject each : aggregation.all()) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("groupVersion", each.text("spec", "group") + "/" + each.text("spec", "version"));
            tree.put("version", each.text("spec", "version"));
            versions.add(version(each, tree));
        }
        return versions;
    }

    /** The priorities of versions by the name of their APIService. */
    Map<String, Long> priorities() {
        Map<String, Long> priorities = new HashMap<>();
        aggregation
                .registered()
                .forEach(each -> priorities.put(each.name(), each.number(0, "spec", "versionPriority")));
        return priorities;
    }

    private static RankedGroup.Version version(KubeObject apiService, Map<String, Object> tree) {
        return new RankedGroup.Version(
                apiService.text("spec", "group"),
                apiService.number(0, "spec", "groupPriorityMinimum"),
                apiService.text("spec", "version"),
                apiService.number(0, "spec", "versionPriority"),
                tree);
    }

    private void refresh() {
        List<KubeObject> services = aggregation.all();
        Map<String, KubeObject> byName = new TreeMap<>();
        services.forEach(each -> byName.put(each.name(), each));
        if (heard.keySet().retainAll(byName.keySet())) {
            changes++;
        }
        Map<String, Map<String, Map<String, Object>>> round = new HashMap<>();
        byName.forEach((name, service) -> {
            Heard before = heard.get(name);
            if (isDue(service, before)) {
                note(name, ask(service, before, round), before);
            }
        });
    }

    private boolean isDue(KubeObject service, @Nullable Heard before) {
        if (before == null
                || !before.uid().equals(service.uid())
                || !before.spec().equals(service.map("spec"))
                || before.available() != Aggregation.isAvailable(service)) {
            return true;
        }
        Duration age = Duration.between(before.at(), clock.now());
        return age.compareTo(before.current() ? FRESH : AGAIN) >= 0;
    }

    private void note(String name, Heard now, @Nullable Heard before) {
        heard.put(name, now);
        boolean same = before != null
                && before.current() == now.current()
                && before.uid().equals(now.uid())
                && before.spec().equals(now.spec())
                && Objects.equals(before.version(), now.version());
        changes += same ? 0 : 1;
    }

    private Heard ask(KubeObject service, @Nullable Heard before, Map<String, Map<String, Map<String, Object>>> round) {
        Map<String, Object> version = null;
        boolean current = false;
        if (Aggregation.isAvailable(service)) {
            String group = service.text("spec", "group");
            String name = service.text("spec", "version");
            try {
                Map<String, Map<String, Object>> all = round.get(behind(service));
                if (all == null) {
                    all = inOne(service);
                    round.put(behind(service), all);
                }
                version = all.isEmpty() ? alone(service, group, name) : all.get(group + "/" + name);
                current = true;
            } catch (IOException | RuntimeException broken) {
                System.getLogger(AggregatedGroups.class.getName())
                        .log(System.Logger.Level.DEBUG, "discovery of " + service.name(), broken);
            }
        }
        if (!current && before != null && before.uid().equals(service.uid())) {
            version = before.version();
        }
        return new Heard(
                service.uid(), service.map("spec"), Aggregation.isAvailable(service), clock.now(), version, current);
    }

    /** Which server it is: several group versions are one's. */
    private static String behind(KubeObject service) {
        return service.map("spec", "service").toString() + service.text("spec", "caBundle");
    }

    /** All versions by group version; none where the server does not know the aggregated form. */
    private Map<String, Map<String, Object>> inOne(KubeObject service) throws IOException {
        HttpReply reply =
                aggregation.send(service, ASKER, "GET", "/apis", Map.of("Accept", List.of(WANTED)), new byte[0], LIMIT);
        Map<String, Map<String, Object>> versions = new HashMap<>();
        boolean aggregated =
                reply.headers().getOrDefault("content-type", List.of("")).get(0).contains("APIGroupDiscoveryList");
        if (reply.status() == 503) {
            throw new IOException("service returned non-success response code: 503");
        }
        if (reply.status() != 200 || !aggregated) {
            return versions;
        }
        for (Map<String, Object> group :
                KubeObject.of(JsonReader.readMap(reply.body())).maps("items")) {
            KubeObject entry = KubeObject.of(group);
            for (Map<String, Object> version : entry.maps("versions")) {
                versions.put(entry.text("metadata", "name") + "/" + version.get("version"), version);
            }
        }
        return versions;
    }

    private Map<String, Object> alone(KubeObject service, String group, String version) throws IOException {
        HttpReply reply = aggregation.send(
                service,
                ASKER,
                "GET",
                "/apis/" + group + "/" + version,
                Map.of("Accept", List.of("application/json")),
                new byte[0],
                LIMIT);
        if (reply.status() != 200) {
            throw new IOException("failed to download legacy discovery: " + reply.status());
        }
        return ResourceEntries.version(
                group, version, KubeObject.of(JsonReader.readMap(reply.body())).maps("resources"));
    }
}
