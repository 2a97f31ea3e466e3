package dev.kuar.practice.schema;

import dev.kuar.practice.schema.RuleRun.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Checks by name, while they are gathered. */
abstract class CheckSet {
    /** One thing that can be asked of a place. */
    interface Check {
        void check(Place place, List<String> words, FieldErrors errors);
    }

    private final Map<String, Check> all = new HashMap<>();

    final Map<String, Check> all() {
        return all;
    }

    static String word(List<String> words) {
        return words.isEmpty() ? "" : words.get(0);
    }

    final void put(String name, Check check) {
        all.put(name, check);
    }

    /** A check of what is there. */
    final void value(String name, Check check) {
        put(name, (place, words, errors) -> {
            if (place.value() != null) {
                check.check(place, words, errors);
            }
        });
    }

    /** A check of a text that is not empty. */
    final void text(String name, Function<String, List<String>> complaints) {
        put(name, (place, words, errors) -> {
            if (place.value() instanceof String text && !text.isEmpty()) {
                errors.syntax(place.path(), text, complaints.apply(text));
            }
        });
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> cast(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }
}
