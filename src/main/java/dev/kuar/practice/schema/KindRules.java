package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;

/** What a kind demands of its objects beyond their metadata. */
interface KindRules {
    /** Checks an object by itself, at its creation and after every change. */
    void check(KubeObject object, FieldErrors errors);

    /** Checks what is asked of a new object alone. */
    default void creation(KubeObject object, FieldErrors errors) {}

    /** Checks a change. */
    default void change(KubeObject object, KubeObject old, FieldErrors errors) {}

    /** Checks a change by way of a subresource such as {@code status}. */
    default void part(String subresource, KubeObject object, KubeObject old, FieldErrors errors) {}
}
