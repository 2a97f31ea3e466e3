package dev.kuar.lesson;

import dev.kuar.check.Expression;
import java.util.Map;

/** One thing that is done to a cluster to break it. */
public sealed interface Change {
    /** An object by name; {@code namespace} is empty for kinds without. */
    record Target(String apiVersion, String kind, String namespace, String name) {}

    /** A merge patch. */
    record Patch(Target target, Map<String, Object> with) implements Change {}

    record Delete(Target target) implements Change {}

    /** A file of {@code setup/}. */
    record Apply(String file) implements Change {}

    /** Stops a node's kubelet; the expression gives its name. */
    record StopNode(Expression node) implements Change {}

    record StartNode(Expression node) implements Change {}

    /** A line that checks don't see. */
    record Run(String line) implements Change {}
}
