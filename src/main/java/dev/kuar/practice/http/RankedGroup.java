package dev.kuar.practice.http;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Catalog;
import dev.kuar.practice.schema.VersionOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A group in a list of discovery.
 *
 * @param priority the highest {@code groupPriorityMinimum} of its APIServices
 * @param tree its entry
 */
record RankedGroup(String name, long priority, Map<String, Object> tree) {
    /** Where an entry has its name. */
    static final String NAME = "name";

    /** What the API server itself gives the groups of custom resources. */
    private static final long CUSTOM = 1000;

    private static final Comparator<RankedGroup> ORDER = Comparator.<RankedGroup>comparingLong(RankedGroup::priority)
            .reversed()
            .thenComparing(RankedGroup::name);

    /**
     * A version that another server serves.
     *
     * @param priority the {@code versionPriority} of its APIService
     * @param tree its entry in that of its group
     */
    record Version(String group, long groupPriority, String name, long priority, Map<String, Object> tree) {}

    /**
     * Entries of all groups but the core one: higher priorities first, then by name; those of Kubernetes itself before all others.
     *
     * @param entry makes that of a group that is served here, with its versions
     * @param elsewhere what others serve, of whatever group
     * @param priorities those of versions that are served here, by the name of their APIService
     */
    static List<Map<String, Object>> all(
            Catalog catalog,
            Function<String, Map<String, Object>> entry,
            List<Version> elsewhere,
            Map<String, Long> priorities) {
        Map<String, List<Version>> others = new LinkedHashMap<>();
        elsewhere.forEach(each ->
                others.computeIfAbsent(each.group(), key -> new ArrayList<>()).add(each));
        List<Map<String, Object>> built = new ArrayList<>();
        List<RankedGroup> ranked = new ArrayList<>();
        for (String group : catalog.groups()) {
            if (group.isEmpty()) {
                continue;
            }
            List<Version> more = others.remove(group);
            Map<String, Object> tree = entry.apply(group);
            if (more != null) {
                merge(group, tree, more, priorities);
            }
            if (catalog.isCustom(group)) {
                ranked.add(new RankedGroup(group, Math.max(CUSTOM, priority(more)), tree));
            } else {
                built.add(tree);
            }
        }
        others.forEach((group, versions) -> {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put(NAME, group);
            merge(group, tree, versions, priorities);
            ranked.add(new RankedGroup(group, priority(versions), tree));
        });
        ranked.stream().sorted(ORDER).map(RankedGroup::tree).forEach(built::add);
        return built;
    }

    private static long priority(@Nullable List<Version> versions) {
        return versions == null
                ? 0
                : versions.stream().mapToLong(Version::groupPriority).max().orElse(0);
    }

    /** Puts versions among those that are there, by priority and then by Kubernetes' order. */
    private static void merge(
            String group, Map<String, Object> tree, List<Version> more, Map<String, Long> priorities) {
        List<Version> all = new ArrayList<>(more);
        for (Map<String, Object> own : KubeObject.of(tree).maps("versions")) {
            String name = String.valueOf(own.get("version"));
            all.removeIf(each -> each.name().equals(name));
            all.add(new Version(group, 0, name, priorities.getOrDefault(name + "." + group, 100L), own));
        }
        all.sort(Comparator.<Version>comparingLong(Version::priority)
                .reversed()
                .thenComparing(Version::name, new VersionOrder()));
        tree.put(
                "versions",
                new ArrayList<Object>(all.stream().map(Version::tree).toList()));
    }
}
