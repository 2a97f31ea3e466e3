package dev.kuar.practice.patch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A set of field paths, as {@code fieldsV1} writes it: a trie whose steps are {@code f:name}, {@code k:{keys}},
 * {@code v:value} or {@code i:index}. Immutable once built by {@link TypedTree}; operations answer new sets.
 */
final class FieldSet {
    private boolean member;
    private final TreeMap<String, FieldSet> children = new TreeMap<>();

    boolean isEmpty() {
        return !member && children.isEmpty();
    }

    boolean isMember() {
        return member;
    }

    void mark() {
        member = true;
    }

    Map<String, FieldSet> children() {
        return children;
    }

    @Nullable
    FieldSet child(String step) {
        return children.get(step);
    }

    /** The child by that step, an empty one where it is missing; not to be changed. */
    FieldSet below(String step) {
        FieldSet child = children.get(step);
        return child == null ? new FieldSet() : child;
    }

    /** What is at a path of fields; empty where nothing is. */
    FieldSet at(String[] path) {
        FieldSet here = this;
        for (String name : path) {
            here = here.below(Steps.field(name));
        }
        return here;
    }

    /** The child by that step, made where it is missing. */
    FieldSet open(String step) {
        return children.computeIfAbsent(step, key -> new FieldSet());
    }

    /** Drops children that hold nothing. */
    FieldSet prune() {
        children.values().forEach(FieldSet::prune);
        children.values().removeIf(FieldSet::isEmpty);
        return this;
    }

    FieldSet union(FieldSet other) {
        FieldSet result = new FieldSet();
        result.member = member || other.member;
        children.forEach((step, child) -> {
            FieldSet theirs = other.children.get(step);
            result.children.put(step, theirs == null ? child : child.union(theirs));
        });
        other.children.forEach(result.children::putIfAbsent);
        return result;
    }

    FieldSet intersection(FieldSet other) {
        FieldSet result = new FieldSet();
        result.member = member && other.member;
        children.forEach((step, child) -> {
            FieldSet theirs = other.children.get(step);
            if (theirs != null) {
                result.children.put(step, child.intersection(theirs));
            }
        });
        return result.prune();
    }

    FieldSet minus(FieldSet other) {
        FieldSet result = new FieldSet();
        result.member = member && !other.member;
        children.forEach((step, child) -> {
            FieldSet theirs = other.children.get(step);
            result.children.put(step, theirs == null ? child : child.minus(theirs));
        });
        return result.prune();
    }

    /** Every member as upstream prints a path, {@code .spec.containers[name="c"].image}, at each level before what is below. */
    List<String> paths() {
        List<String> paths = new ArrayList<>();
        collect("", paths);
        return paths;
    }

    private void collect(String prefix, List<String> paths) {
        List<Map.Entry<String, FieldSet>> sorted = new ArrayList<>(children.entrySet());
        sorted.sort(Map.Entry.comparingByKey(Steps.ORDER));
        for (Map.Entry<String, FieldSet> child : sorted) {
            if (child.getValue().member) {
                paths.add(prefix + Steps.shown(child.getKey()));
            }
        }
        sorted.forEach(child -> child.getValue().collect(prefix + Steps.shown(child.getKey()), paths));
    }

    /** As {@code fieldsV1} holds it. */
    Map<String, Object> encode() {
        Map<String, Object> encoded = new LinkedHashMap<>();
        if (member && !children.isEmpty()) {
            encoded.put(".", new LinkedHashMap<String, Object>());
        }
        children.forEach((step, child) -> encoded.put(step, child.encode()));
        return encoded;
    }

    /** Of what {@link #encode} wrote. */
    static FieldSet decode(Map<String, Object> encoded) {
        FieldSet set = new FieldSet();
        encoded.forEach((step, value) -> {
            if (step.equals(".")) {
                set.member = true;
            } else {
                Map<String, Object> below = value instanceof Map<?, ?> ? Patches.map(value) : Map.of();
                FieldSet child = decode(below);
                child.member |= below.isEmpty();
                set.children.put(step, child);
            }
        });
        return set;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldSet that && member == that.member && children.equals(that.children);
    }

    @Override
    public int hashCode() {
        return children.hashCode() * 2 + (member ? 1 : 0);
    }
}
