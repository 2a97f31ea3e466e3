package dev.kuar.practice.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All kinds that a cluster serves, in the order of discovery. Immutable: {@link #with} and {@link #without} copy. */
public final class Catalog {
    private final List<Kind> kinds;
    private final Map<String, Kind> byResource = new HashMap<>();
    private final Map<String, Kind> preferred = new HashMap<>();
    private final Map<String, Kind> byKind = new HashMap<>();

    private final List<Kind> bodies;

    private Catalog(List<Kind> kinds, List<Kind> bodies) {
        this.kinds = List.copyOf(kinds);
        this.bodies = bodies;
        for (Kind body : bodies) {
            byKind.put(key(body.group(), body.version(), body.kind()), body);
        }
        for (Kind kind : kinds) {
            byResource.put(key(kind.group(), kind.version(), kind.resource()), kind);
            preferred.putIfAbsent(kind.group() + "/" + kind.resource(), kind);
            byKind.put(key(kind.group(), kind.version(), kind.kind()), kind);
        }
    }

    /** The kinds of Kubernetes 1.36. */
    public static Catalog builtIn() {
        Types types = Types.builtIn();
        return new Catalog(KindFiles.load("", types), KindFiles.bodies(types));
    }

    /** The kinds of an extension API server, read from {@code practice/extensions/NAME}. */
    public static Catalog ofExtension(String name) {
        String folder = "extensions/" + name + "/";
        Types types = Types.in(folder);
        List<Kind> kinds = KindFiles.load(folder, types);
        kinds.sort(Comparator.comparing(Kind::version, new VersionOrder()));
        return new Catalog(kinds, KindFiles.bodies(types));
    }

    /** Of these kinds alone. */
    public static Catalog of(Collection<Kind> kinds) {
        return new Catalog(new ArrayList<>(kinds), List.of());
    }

    /** This and {@code more}, which replace kinds of the same group, version and resource. */
    public Catalog with(Collection<Kind> more) {
        Map<String, Kind> all = new LinkedHashMap<>();
        kinds.forEach(kind -> all.put(key(kind.group(), kind.version(), kind.resource()), kind));
        more.forEach(kind -> all.put(key(kind.group(), kind.version(), kind.resource()), kind));
        return new Catalog(new ArrayList<>(all.values()), bodies);
    }

    /** This without any version of a resource. */
    public Catalog without(String group, String resource) {
        List<Kind> left = kinds.stream()
                .filter(kind -> !kind.group().equals(group) || !kind.resource().equals(resource))
                .toList();
        return new Catalog(left, bodies);
    }

    /** Every kind in every served version. */
    public List<Kind> kinds() {
        return kinds;
    }

    /** Groups in the order of discovery, the core group ({@code ""}) first; those of custom resources last, by name. */
    public Set<String> groups() {
        Set<String> groups = new LinkedHashSet<>();
        kinds.stream().filter(kind -> !kind.isCustom()).forEach(kind -> groups.add(kind.group()));
        kinds.stream().filter(Kind::isCustom).map(Kind::group).sorted().forEach(groups::add);
        return groups;
    }

    /** The served versions of a group, the preferred one first; empty for a group that is not there. */
    public Set<String> versions(String group) {
        List<Kind> own =
                kinds.stream().filter(kind -> kind.group().equals(group)).toList();
        Stream<String> versions = own.stream().map(Kind::version);
        return (own.stream().anyMatch(Kind::isCustom) ? versions.sorted(new VersionOrder()) : versions)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether a group has custom resources and nothing else. */
    public boolean isCustom(String group) {
        List<Kind> own =
                kinds.stream().filter(kind -> kind.group().equals(group)).toList();
        return !own.isEmpty() && own.stream().allMatch(Kind::isCustom);
    }

    /** The kinds of one group and version. */
    public List<Kind> kinds(String group, String version) {
        return kinds.stream()
                .filter(kind -> kind.group().equals(group) && kind.version().equals(version))
                .toList();
    }

    /** By plural name. */
    public Optional<Kind> find(String group, String version, String resource) {
        return Optional.ofNullable(byResource.get(key(group, version, resource)));
    }

    /** By the plural name in whatever version the group prefers. */
    public Optional<Kind> find(String group, String resource) {
        return Optional.ofNullable(preferred.get(group + "/" + resource));
    }

    /** By what an object says about itself; also bodies of subresources, for instance {@code Scale} or {@code Eviction}. */
    public Optional<Kind> ofObject(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        return Optional.ofNullable(byKind.get(key(group, apiVersion.substring(slash + 1), kind)));
    }

    private static String key(String group, String version, String name) {
        return group + "/" + version + "/" + name;
    }
}
