package dev.kuar.practice.kubelet;

import dev.kuar.practice.container.Image;
import dev.kuar.practice.container.ImageCatalogue;
import dev.kuar.practice.container.ImageReference;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The images on one node's disk. Thread-safe. */
final class NodeImages {
    private final ImageCatalogue catalogue;
    private final Map<String, String> firstNames = new LinkedHashMap<>();
    private final List<Object> listed;

    NodeImages(ImageCatalogue catalogue, KubeObject node) {
        this.catalogue = catalogue;
        this.listed = new ArrayList<>(node.maps("status", "images"));
        for (Map<String, Object> entry : node.maps("status", "images")) {
            List<String> names = KubeObject.of(entry).texts("names");
            names.forEach(name -> firstNames.put(name, names.get(0)));
        }
    }

    synchronized boolean has(ImageReference reference) {
        return firstNames.containsKey(reference.toString());
    }

    /** What the runtime calls the image: the first of its names. */
    synchronized String shownName(ImageReference reference) {
        return firstNames.getOrDefault(reference.toString(), reference.toString());
    }

    Optional<Image> find(ImageReference reference) {
        return catalogue.find(reference);
    }

    synchronized void add(ImageReference reference, Image image) {
        if (firstNames.putIfAbsent(reference.toString(), reference.toString()) == null) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("names", List.of(reference.toString()));
            entry.put("sizeBytes", image.size());
            listed.add(entry);
        }
    }

    /** Removes what no container has. */
    synchronized void removeUnused(Set<String> used) {
        listed.removeIf(entry -> {
            List<String> names = entry instanceof Map<?, ?> map && map.get("names") instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of();
            boolean unused = names.stream()
                    .noneMatch(name -> used.contains(name) || used.contains(firstNames.getOrDefault(name, name)));
            if (unused) {
                names.forEach(firstNames::remove);
            }
            return unused;
        });
    }

    /** {@code status.images} of the node, largest first. */
    synchronized List<Object> list() {
        List<Object> sorted = new ArrayList<>(listed);
        sorted.sort((a, b) -> Long.compare(size(b), size(a)));
        return sorted;
    }

    /** What the images take of the disk, in bytes. */
    synchronized long disk() {
        return listed.stream().mapToLong(NodeImages::size).sum();
    }

    private static long size(Object entry) {
        return entry instanceof Map<?, ?> map && map.get("sizeBytes") instanceof Number number ? number.longValue() : 0;
    }

    /** Why a pull fails, as containerd says it. */
    String refusal(ImageReference reference) {
        String full = reference.toString();
        String head = "failed to pull and unpack image \"" + full + "\": failed to resolve image: ";
        if (reference.registry().equals("docker.io") || catalogue.knows(reference)) {
            if (catalogue.knows(reference)) {
                return "rpc error: code = NotFound desc = " + head + full + ": not found";
            }
            return "rpc error: code = Unknown desc = " + head
                    + "pull access denied, repository does not exist or may require authorization: server message:"
                    + " insufficient_scope: authorization failed";
        }
        String tag = reference.digest().isEmpty() ? reference.tag() : reference.digest();
        String url = "https://" + reference.registry() + "/v2/" + reference.repository() + "/manifests/" + tag;
        if (KNOWN_REGISTRIES.contains(reference.registry())) {
            return reference.registry().equals("registry.k8s.io")
                    ? "rpc error: code = NotFound desc = " + head + full + ": not found"
                    : "rpc error: code = Unknown desc = " + head
                            + "failed to authorize: failed to fetch anonymous token:"
                            + " unexpected status from GET request to https://" + reference.registry()
                            + "/token?scope=repository%3A"
                            + reference.repository().replace("/", "%2F")
                            + "%3Apull&service=" + reference.registry() + ": 403 Forbidden";
        }
        return "rpc error: code = Unknown desc = " + head + "failed to do request: Head \"" + url
                + "\": dial tcp: lookup " + reference.registry().replaceAll(":\\d+$", "") + ": no such host";
    }

    private static final List<String> KNOWN_REGISTRIES = List.of(
            "registry.k8s.io",
            "ghcr.io",
            "gcr.io",
            "quay.io",
            "us-docker.pkg.dev",
            "mcr.microsoft.com",
            "public.ecr.aws");
}
