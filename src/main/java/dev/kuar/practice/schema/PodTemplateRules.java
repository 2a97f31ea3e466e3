package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;

/** A pod template by itself. */
final class PodTemplateRules implements KindRules {
    @Override
    public void check(KubeObject object, FieldErrors errors) {
        PodSpecRules.check(KubeObject.of(object.map("template", "spec")), "template.spec", errors);
    }
}
