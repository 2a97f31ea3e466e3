package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;

/** What a kind needs beyond its data: defaults that depend on the cluster, allocation, what a status write may touch. */
interface Strategy {
    /** For kinds that need nothing. */
    Strategy PLAIN = new Strategy() {};

    /** Fills in what a new object has as soon as it is decoded, so that its creator owns it. */
    default void decoded(KubeObject object) {}

    /** Completes a new object before it is validated. */
    default void prepareCreate(Write write) {}

    /** Completes a changed object before it is validated. */
    default void prepareUpdate(Write write) {}

    /** Field errors that the schema's validation does not know. */
    default List<Map<String, Object>> errors(Write write) {
        return List.of();
    }

    /** Takes what only one object can have, before a new object is validated; undone by {@link #release} when the write fails. */
    default void allocate(Write write) {}

    /** Gives back what {@link #allocate} took. */
    default void release(KubeObject object) {}

    /** After a change came to nothing, because it was refused or somebody else was faster. */
    default void abandoned(Write write) {}

    /** After an object was stored. */
    default void stored(Write write, KubeObject object) {}

    /** After an object was removed from the store. */
    default void removed(KubeObject object) {
        release(object);
    }

    /** Fields of the metadata that a status write leaves as they are; most kinds let it change labels and annotations. */
    default List<String> keptByStatus() {
        return List.of();
    }

    /** Whether a status sent with a create is kept. */
    default boolean keepsStatusOnCreate() {
        return false;
    }
}
