package dev.kuar.practice.schema;

import java.util.List;

/**
 * A path below an object of a kind, for instance {@code status} or {@code scale}.
 *
 * @param name the last part of the path
 * @param group of the kind that it speaks; empty together with {@code version} where it is the parent's own
 * @param version see {@code group}
 * @param kind for instance {@code Scale}; the parent's own for {@code status}
 * @param verbs in the order of discovery
 */
public record Subresource(String name, String group, String version, String kind, List<String> verbs) {
    public Subresource {
        verbs = List.copyOf(verbs);
    }
}
