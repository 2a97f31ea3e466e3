package dev.kuar.tool;

import dev.kuar.kubectl.data.Tree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The releases of a cluster, each revision a Secret of its namespace. */
final class HelmReleases {
    private final HelmKubectl kubectl;

    HelmReleases(HelmKubectl kubectl) {
        this.kubectl = kubectl;
    }

    /** All revisions of a release, oldest first. */
    List<HelmRelease> history(String namespace, String name) throws InterruptedException {
        return read("get", "secrets", "-n", namespace, "-l", "owner=helm,name=" + name, "-o", "json");
    }

    Optional<HelmRelease> newest(String namespace, String name) throws InterruptedException {
        List<HelmRelease> all = history(namespace, name);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The newest revision of each release, by name; of every namespace where {@code namespace} is empty. */
    List<HelmRelease> list(String namespace) throws InterruptedException {
        String where = namespace.isEmpty() ? "--all-namespaces" : "--namespace=" + namespace;
        Map<String, HelmRelease> newest = new LinkedHashMap<>();
        for (HelmRelease release : read("get", "secrets", where, "-l", "owner=helm", "-o", "json")) {
            newest.put(release.namespace() + "/" + release.name(), release);
        }
        return newest.values().stream()
                .sorted(Comparator.comparing(HelmRelease::name).thenComparing(HelmRelease::namespace))
                .toList();
    }

    void create(HelmRelease release, Instant now) throws InterruptedException {
        write(release, now, "create");
    }

    void update(HelmRelease release, Instant now) throws InterruptedException {
        write(release, now, "replace");
    }

    void forget(HelmRelease release) throws InterruptedException {
        kubectl.run("", "delete", "secret", release.secret(), "-n", release.namespace(), "--ignore-not-found");
    }

    private void write(HelmRelease release, Instant now, String verb) throws InterruptedException {
        HelmKubectl.Result result = kubectl.run(release.toSecret(now), verb, "-f", "-", "-n", release.namespace());
        if (result.exit() != 0) {
            throw HelmTool.error("create: failed to create: " + result.problem());
        }
    }

    private List<HelmRelease> read(String... arguments) throws InterruptedException {
        List<HelmRelease> releases = new ArrayList<>();
        for (Tree secret : kubectl.read(arguments).items("items")) {
            if (secret.text("type").equals("helm.sh/release.v1")) {
                releases.add(HelmRelease.ofSecret(secret));
            }
        }
        releases.sort(Comparator.comparing(HelmRelease::revision));
        return releases;
    }
}
