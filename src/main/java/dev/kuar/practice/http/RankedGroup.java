package dev.kuar.practice.http;

import dev.kuar.practice.schema.Catalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A group in a list of discovery.
 *
 * @param priority the {@code groupPriorityMinimum} of its APIService
 * @param tree its entry
 */
record RankedGroup(String name, long priority, Map<String, Object> tree) {
    /** What the API server itself gives the groups of custom resources. */
    private static final long CUSTOM = 1000;

    private static final Comparator<RankedGroup> ORDER =
            Comparator.comparingLong(RankedGroup::priority).reversed().thenComparing(RankedGroup::name);

    /** Entries of all groups but the core one: higher priorities first, then by name. */
    static List<Object> all(Catalog catalog, Function<String, Map<String, Object>> entry, List<RankedGroup> elsewhere) {
        List<Object> built = new ArrayList<>();
        List<RankedGroup> others = new ArrayList<>(elsewhere);
        for (String group : catalog.groups()) {
            if (catalog.isCustom(group)) {
                others.add(new RankedGroup(group, CUSTOM, entry.apply(group)));
            } else if (!group.isEmpty()) {
                built.add(entry.apply(group));
            }
        }
        others.stream().sorted(ORDER).map(RankedGroup::tree).forEach(built::add);
        return built;
    }
}
