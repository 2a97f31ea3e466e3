package dev.kuar.practice.python;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of a class, equal to itself alone unless its class says otherwise. */
final class Instance {
    private final Klass type;
    private final Map<String, Object> attributes = new LinkedHashMap<>();

    Instance(Klass type) {
        this.type = type;
    }

    Klass type() {
        return type;
    }

    Map<String, Object> attributes() {
        return attributes;
    }

    /** Of an exception what it was made with. */
    List<Object> args() {
        return attributes.get("args") instanceof Tuple tuple ? tuple.items() : List.of();
    }

    /** Calls a method of its class; null where it has none of the name. */
    @Nullable
    Object special(String method, Object... arguments) {
        return type.find(method) instanceof Callable function
                ? new Callable.Bound(this, function).call(Arguments.of(arguments))
                : null;
    }

    /** What a method says. */
    record Said(Object value) {}

    /** The same as something to match: a {@link Said}, or {@code None} where there is no such method. */
    Object ask(String method, Object... arguments) {
        Object said = special(method, arguments);
        return said == null ? Nothing.NONE : new Said(said);
    }

    @Override
    public boolean equals(Object other) {
        Object said = this == other ? Boolean.TRUE : special("__eq__", other);
        return said != null && Values.truth(said);
    }

    @Override
    public int hashCode() {
        Object said = special("__hash__");
        return said == null ? System.identityHashCode(this) : Values.index(said).intValue();
    }
}
