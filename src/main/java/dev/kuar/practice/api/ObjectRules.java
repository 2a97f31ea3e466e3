package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Kind;
import java.util.List;
import java.util.Map;

/** What an extension server's kinds need beyond their data. Thread-safe. */
public interface ObjectRules {
    /** Nothing. */
    ObjectRules NONE = new ObjectRules() {};

    /** Completes an object in the version that it was sent in, as decoding it does. */
    default void settle(Kind kind, KubeObject object) {}

    /** What is wrong with a new object, as causes of a 422. */
    default List<Map<String, Object>> errors(Kind kind, KubeObject object) {
        return List.of();
    }

    /**
     * Makes of an object of one version that of another, but for its apiVersion.
     *
     * @param object whose top level may be changed; what is below is shared
     * @param from and {@code to}, names of versions
     */
    default void convert(Kind kind, KubeObject object, String from, String to) {}
}
