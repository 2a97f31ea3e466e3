package dev.kuar.practice.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Whether something is there, is one of what is known, and stays as it was. */
final class PresenceChecks extends CheckSet {
    PresenceChecks() {
        presence();
        changes();
    }

    private void presence() {
        put("required", (place, words, errors) -> {
            if (place.isEmpty()) {
                errors.required(place.path(), word(words));
            }
        });
        // Also where the place is there: what is beside it asks for more.
        put("missing", (place, words, errors) -> errors.required(place.path(), word(words)));
        put("required-not-null", (place, words, errors) -> {
            if (place.value() == null) {
                errors.required(place.path(), word(words));
            }
        });
        put("forbidden", (place, words, errors) -> {
            if (!place.isEmpty()) {
                errors.forbidden(place.path(), word(words));
            }
        });
        value("invalid", (place, words, errors) -> errors.invalid(place.path(), place.value(), word(words)));
        // As invalid, but the value is not shown.
        put("wrong", (place, words, errors) -> errors.invalid(place.path(), "", word(words)));
        put("wrong-null", (place, words, errors) -> errors.invalid(place.path(), null, word(words)));
        // "text" FIELD...: shows the fields by their Go names, as the internal type has them.
        put("invalid-struct", (place, words, errors) -> {
            Map<String, Object> shown = new LinkedHashMap<>();
            Map<?, ?> map = place.value() instanceof Map<?, ?> value ? value : Map.of();
            for (String field : words.subList(1, words.size())) {
                shown.put(field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1), map.get(field));
            }
            errors.invalid(place.path(), shown, words.get(0));
        });
        put("one-of", (place, words, errors) -> {
            if (place.value() != null && !words.contains(String.valueOf(place.value()))) {
                errors.unsupported(place.path(), place.value(), words);
            }
        });
        put("one-of-or-empty", (place, words, errors) -> {
            if (!place.isEmpty() && !words.contains(place.text())) {
                errors.unsupported(place.path(), place.value(), words);
            }
        });
        // "text" WORD...: as one-of, in other words.
        put("one-of-else", (place, words, errors) -> {
            if (!place.isEmpty() && !words.subList(1, words.size()).contains(place.text())) {
                errors.invalid(place.path(), place.value(), words.get(0));
            }
        });
        put("required-one-of", (place, words, errors) -> {
            if (place.isEmpty()) {
                errors.required(place.path(), "must specify one of " + String.join(", ", words));
            } else if (!words.contains(place.text())) {
                errors.unsupported(place.path(), place.value(), words);
            }
        });
        put("wrong-unless-empty", (place, words, errors) -> {
            if (!place.isEmpty()) {
                errors.invalid(place.path(), place.value(), word(words));
            }
        });
        // "text" FIELD...: at most one of them.
        put("more-than-one", (place, words, errors) -> {
            if (place.value() instanceof Map<?, ?> map
                    && words.stream()
                                    .skip(1)
                                    .filter(each -> map.get(each) != null)
                                    .count()
                            > 1) {
                errors.invalid(place.path(), "", words.get(0));
            }
        });
        // "text for none" "text for more" FIELD...: exactly one of them.
        put("one-source", (place, words, errors) -> {
            Map<?, ?> map = place.value() instanceof Map<?, ?> value ? value : Map.of();
            List<String> set = words.subList(2, words.size()).stream()
                    .filter(each -> map.get(each) != null)
                    .toList();
            if (set.isEmpty()) {
                errors.required(place.path(), words.get(0));
            }
            for (int i = 1; i < set.size(); i++) {
                errors.forbidden(place.path() + "." + set.get(i), words.get(1));
            }
        });
    }

    private void changes() {
        put("immutable", (place, words, errors) -> {
            if (!Objects.equals(place.value(), place.old())) {
                errors.invalid(place.path(), place.value(), words.isEmpty() ? "field is immutable" : words.get(0));
            }
        });
        put("immutable-once-set", (place, words, errors) -> {
            if (place.old() != null && !"".equals(place.old()) && !Objects.equals(place.value(), place.old())) {
                errors.invalid(place.path(), place.value(), words.isEmpty() ? "field is immutable" : words.get(0));
            }
        });
        put("unchanged", (place, words, errors) -> {
            if (!Objects.equals(place.value(), place.old())) {
                errors.forbidden(place.path(), word(words));
            }
        });
        put("not-decreased", (place, words, errors) -> {
            if (place.value() instanceof Long now && place.old() instanceof Long before && now < before) {
                errors.invalid(place.path(), now, word(words));
            }
        });
    }
}
