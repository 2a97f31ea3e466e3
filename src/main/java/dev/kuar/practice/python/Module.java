package dev.kuar.practice.python;

import java.util.LinkedHashMap;
import java.util.Map;

/** A module with what is in it. */
record Module(String name, Map<String, Object> attributes) {
    static Module of(String name) {
        return new Module(name, new LinkedHashMap<>());
    }

    Module with(String attribute, Object value) {
        attributes.put(attribute, value);
        return this;
    }

    /** A function of it. */
    Module function(String function, java.util.function.Function<Arguments, Object> body) {
        return with(function, Callable.of(function, body));
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
