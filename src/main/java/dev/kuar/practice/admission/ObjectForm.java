package dev.kuar.practice.admission;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Kind;

/** Brings an object back into the form of its kind, defaults included, after somebody from outside has changed it. */
@FunctionalInterface
public interface ObjectForm {
    /** @throws dev.kuar.practice.object.ApiException where it does not fit its kind */
    void settle(Kind kind, KubeObject object);
}
