package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.Kind;
import java.util.List;
import java.util.Map;

/** The strategy of an extension server's kind, in whatever version it comes. */
final class RuledStrategy implements Strategy {
    private final Parts parts;
    private final ObjectRules rules;

    RuledStrategy(Parts parts, ObjectRules rules) {
        this.parts = parts;
        this.rules = rules;
    }

    @Override
    public void decoded(KubeObject object) {
        parts.catalog().ofObject(object.apiVersion(), object.kind()).ifPresent(kind -> rules.settle(kind, object));
    }

    @Override
    public void prepareCreate(Write write) {
        rules.settle(write.kind(), write.object());
    }

    @Override
    public void prepareUpdate(Write write) {
        rules.settle(write.kind(), write.object());
    }

    @Override
    public List<Map<String, Object>> errors(Write write) {
        Kind kind = write.kind();
        return write.old() == null ? rules.errors(kind, write.object()) : List.of();
    }
}
