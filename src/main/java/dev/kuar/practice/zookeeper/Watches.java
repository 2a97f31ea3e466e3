package dev.kuar.practice.zookeeper;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Who wants to hear of a change of a node's data or children, once. */
final class Watches {
    private final Map<String, Set<Connection>> data = new HashMap<>();
    private final Map<String, Set<Connection>> children = new HashMap<>();

    void data(String path, Connection who) {
        data.computeIfAbsent(path, any -> new LinkedHashSet<>()).add(who);
    }

    void children(String path, Connection who) {
        children.computeIfAbsent(path, any -> new LinkedHashSet<>()).add(who);
    }

    void forget(Connection who) {
        data.values().forEach(all -> all.remove(who));
        children.values().forEach(all -> all.remove(who));
        data.values().removeIf(Set::isEmpty);
        children.values().removeIf(Set::isEmpty);
    }

    int count() {
        return data.values().stream().mapToInt(Set::size).sum()
                + children.values().stream().mapToInt(Set::size).sum();
    }

    int paths() {
        return data.size() + children.size();
    }

    void fire(DataTree.Event event) {
        Set<Connection> who = new LinkedHashSet<>();
        if (event.type() != DataTree.Event.CHILDREN) {
            who.addAll(taken(data, event.path()));
        }
        if (event.type() == DataTree.Event.CHILDREN || event.type() == DataTree.Event.DELETED) {
            who.addAll(taken(children, event.path()));
        }
        who.forEach(each -> each.tell(event));
    }

    private static Set<Connection> taken(Map<String, Set<Connection>> from, String path) {
        Set<Connection> found = from.remove(path);
        return found == null ? Set.of() : found;
    }
}
