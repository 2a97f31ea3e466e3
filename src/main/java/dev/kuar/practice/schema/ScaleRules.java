package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;

/** The scale of anything. */
final class ScaleRules implements KindRules {
    @Override
    public void check(KubeObject scale, FieldErrors errors) {
        errors.atLeast("spec.replicas", scale.at("spec", "replicas"), 0);
    }
}
