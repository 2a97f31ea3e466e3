package dev.kuar.kubectl.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds the resource that a word or a kind means, as kubectl does: core first, then groups in the server's order. */
public final class ResourceMapper {
    private final RestClient client;

    public ResourceMapper(RestClient client) {
        this.client = client;
    }

    public List<ApiResource> all() {
        return client.shared().discovery().resources(client);
    }

    /** The resource of {@code po}, {@code pods.v1.}, {@code deployments.apps} and the like. */
    public Optional<ApiResource> find(String word) {
        Optional<ApiResource> found = lookUp(word);
        if (found.isEmpty() && client.shared().discovery().isStale()) {
            client.shared().discovery().forget();
            found = lookUp(word);
        }
        return found;
    }

    /** @throws Failure with kubectl's words when the server doesn't know the word */
    public ApiResource require(String word) {
        return find(word).orElseThrow(() -> {
            String[] parts = word.split("\\.", 2);
            return parts.length == 1
                    ? Failure.error("the server doesn't have a resource type \"" + word + "\"")
                    : Failure.error("the server doesn't have a resource type \"" + parts[0] + "\" in group \""
                            + parts[1] + "\"");
        });
    }

    private Optional<ApiResource> lookUp(String word) {
        List<ApiResource> all = all();
        String[] parts = word.split("\\.", 2);
        if (parts.length == 1) {
            return byName(all, word, resource -> true);
        }
        String[] versionGroup = parts[1].split("\\.", 2);
        if (versionGroup.length == 2) {
            Optional<ApiResource> exact = byName(
                    all,
                    parts[0],
                    resource -> resource.version().equals(versionGroup[0])
                            && resource.group().equals(versionGroup[1]));
            if (exact.isPresent()) {
                return exact;
            }
        }
        Optional<ApiResource> whole =
                byName(all, parts[0], resource -> resource.group().equals(parts[1]));
        return whole.isPresent()
                ? whole
                : byName(
                        all,
                        parts[0],
                        resource -> !parts[1].isEmpty() && resource.group().startsWith(parts[1] + "."));
    }

    private static Optional<ApiResource> byName(List<ApiResource> all, String word, Predicate<ApiResource> where) {
        String lower = word.toLowerCase(Locale.ROOT);
        List<Predicate<ApiResource>> ways = List.of(
                resource -> resource.name().equals(lower)
                        || resource.singular().equals(lower)
                        || resource.kind().toLowerCase(Locale.ROOT).equals(lower),
                resource -> resource.shortNames().contains(lower));
        for (Predicate<ApiResource> way : ways) {
            Optional<ApiResource> any = Optional.empty();
            for (ApiResource resource : all) {
                if (way.test(resource) && where.test(resource)) {
                    if (resource.preferred()) {
                        return Optional.of(resource);
                    }
                    any = any.isPresent() ? any : Optional.of(resource);
                }
            }
            if (any.isPresent()) {
                return any;
            }
        }
        return Optional.empty();
    }

    /** The resources of a category such as {@code all}; empty for what is none. */
    public List<ApiResource> category(String word) {
        List<ApiResource> members = new ArrayList<>();
        for (ApiResource resource : all()) {
            if (resource.preferred() && resource.categories().contains(word)) {
                members.add(resource);
            }
        }
        return members;
    }

    /** The resource of an object's kind. */
    public Optional<ApiResource> ofKind(String apiVersion, String kind) {
        Optional<ApiResource> found = lookUpKind(apiVersion, kind);
        if (found.isEmpty() && client.shared().discovery().isStale()) {
            client.shared().discovery().forget();
            found = lookUpKind(apiVersion, kind);
        }
        return found;
    }

    private Optional<ApiResource> lookUpKind(String apiVersion, String kind) {
        return all().stream()
                .filter(resource ->
                        resource.kind().equals(kind) && resource.apiVersion().equals(apiVersion))
                .findFirst();
    }
}
