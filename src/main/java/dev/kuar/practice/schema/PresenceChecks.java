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
        choices();
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
            List<Rule.Step> set = words.subList(2, words.size()).stream()
                    .map(Rule.Step::of)
                    .filter(each -> map.get(each.field()) != null)
                    .toList();
            if (set.isEmpty()) {
                errors.required(place.path(), words.get(0));
            }
            for (int i = 1; i < set.size(); i++) {
                errors.forbidden(place.path() + "." + set.get(i).shown(), words.get(1));
            }
        });
        // "text" FIELD...: at most one of them, in other words.
        put("more-than-one-forbidden", (place, words, errors) -> {
            if (words.stream().skip(1).filter(place.holder()::containsKey).count() > 1) {
                errors.forbidden(place.path(), words.get(0));
            }
        });
    }

    /** Complaints about what the conditions have found, and about what is not there. */
    private void choices() {
        value("forbidden-here", (place, words, errors) -> errors.forbidden(place.path(), word(words)));
        // FIELD "text"
        put("missing-at", (place, words, errors) -> errors.required(place.path() + "." + words.get(0), words.get(1)));
        // TYPE "text": shows the value as the internal type has it.
        put(
                "invalid-go",
                (place, words, errors) ->
                        errors.invalidShown(place.path(), GoStructs.line(words.get(0), place.value()), words.get(1)));
        value(
                "invalid-holder-go",
                (place, words, errors) ->
                        errors.invalidShown(place.path(), GoStructs.line(words.get(0), place.holder()), words.get(1)));
        put("wrong-unshown", (place, words, errors) -> errors.invalidUnshown(place.path(), word(words)));
        // WORD "text"
        put("invalid-word", (place, words, errors) -> errors.invalid(place.path(), words.get(0), words.get(1)));
        put(
                "invalid-or-empty",
                (place, words, errors) ->
                        errors.invalid(place.path(), place.value() == null ? "" : place.value(), word(words)));
        // FIELD "text"
        put(
                "invalid-true",
                (place, words, errors) -> errors.invalid(place.path() + "." + words.get(0), true, words.get(1)));
        // FIELD "text": shows the value of a field in the place.
        put("invalid-field", (place, words, errors) -> {
            Object shown = place.value() instanceof Map<?, ?> map ? map.get(words.get(0)) : null;
            errors.invalid(place.path(), shown == null ? "" : shown, words.get(1));
        });
        // FIELD "text": that one beside it is set too.
        value("needs", (place, words, errors) -> {
            if (place.holder().get(words.get(0)) == null) {
                String holder = place.path().substring(0, place.path().lastIndexOf('.') + 1);
                errors.required(holder + words.get(0), words.get(1));
            }
        });
        value("when-present-required", (place, words, errors) -> {
            if (place.isEmpty()) {
                errors.required(place.path(), word(words));
            }
        });
        value("when-empty", (place, words, errors) -> {
            if (place.isEmpty()) {
                errors.invalid(place.path(), "", word(words));
            }
        });
        // "text" WORD...: as one-of-else, also where nothing is set.
        put("one-of-else-set", (place, words, errors) -> {
            if (!words.subList(1, words.size()).contains(place.text())) {
                errors.invalid(place.path(), place.text(), words.get(0));
            }
        });
        // As one-of, also where nothing is set.
        put("one-of-set", (place, words, errors) -> {
            if (!words.contains(place.text())) {
                errors.unsupported(place.path(), place.text(), words);
            }
        });
        // [FIELD]: no item before has the same there.
        value("unique-before", (place, words, errors) -> {
            String field = words.isEmpty() ? place.path().substring(place.path().lastIndexOf('.') + 1) : words.get(0);
            if (place.earlier(field).contains(place.value())) {
                errors.duplicate(place.path(), place.value());
            }
        });
    }

    private void changes() {
        put("immutable", (place, words, errors) -> {
            if (!Objects.equals(place.value(), place.old())) {
                errors.invalid(place.path(), place.value(), words.isEmpty() ? "field is immutable" : words.get(0));
            }
        });
        // TYPE [POINTER]: as immutable, and shown as the internal type has it.
        put("immutable-go", (place, words, errors) -> {
            if (!Objects.equals(place.value(), place.old())) {
                errors.invalidShown(place.path(), GoStructs.line(words.get(0), place.value()), "field is immutable");
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
