package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.RuleRun.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Names, paths, selectors and other texts, and lists of anything. */
final class TextChecks extends CheckSet {
    TextChecks() {
        names();
        lists();
    }

    private void names() {
        text("label", Syntax::label);
        text("subdomain", Syntax::subdomain);
        text("dns1035", Syntax::dns1035);
        text("qualified-name", Syntax::qualifiedName);
        text("qualified-name-lowered", each -> Syntax.qualifiedName(each.toLowerCase(Locale.ROOT)));
        text("path-segment", Syntax::pathSegment);
        text("config-key", Syntax::configKey);
        text("port-name", Syntax::portName);
        text("host", Syntax::hostRule);
        text("domain-path", Syntax::domainPrefixedPath);
        value("labels", (place, words, errors) -> {
            if (place.value() instanceof Map<?, ?> map) {
                MetadataRules.labels(KubeObject.of(KubeObject.copyOf(cast(map))).tree(), place.path(), errors);
            }
        });
        value("label-selector", (place, words, errors) -> {
            if (place.value() instanceof Map<?, ?> map) {
                SelectorRules.check(KubeObject.of(cast(map)), place.path(), errors);
            }
        });
        value("cel-name", (place, words, errors) -> {
            if (!place.text().isEmpty() && !place.text().matches("[_a-zA-Z][_a-zA-Z0-9]*")) {
                errors.invalid(place.path(), place.text(), "name is not a valid CEL identifier");
            }
        });
        value("three-segments", (place, words, errors) -> {
            if (!place.text().isEmpty()) {
                List<String> wrong = Syntax.subdomain(place.text());
                errors.syntax(place.path(), place.text(), wrong);
                if (wrong.isEmpty() && place.text().split("\\.", -1).length < 3) {
                    errors.invalid(
                            place.path(),
                            place.text(),
                            "should be a domain with at least three segments separated by dots");
                }
            }
        });
        value("https-url", (place, words, errors) -> {
            if (!place.text().startsWith("https://")) {
                errors.invalid(
                        place.path(),
                        place.text(),
                        "'https' is the only allowed URL scheme; desired format: https://host[/path]");
            }
        });
        // REGEX "text"
        value("matches", (place, words, errors) -> {
            if (place.value() instanceof String text && !text.matches(words.get(0))) {
                errors.invalid(place.path(), text, words.get(1));
            }
        });
        value("max-bytes", (place, words, errors) -> {
            if (place.text().length() > Integer.parseInt(words.get(0))) {
                errors.tooLong(place.path(), Long.parseLong(words.get(0)));
            }
        });
        put("absolute-path", (place, words, errors) -> {
            if (!place.text().startsWith("/")) {
                errors.invalid(place.path(), place.text(), "must be an absolute path");
            }
        });
        value("no-dot-dot", (place, words, errors) -> {
            if (List.of(place.text().split("/", -1)).contains("..")) {
                errors.invalid(place.path(), place.text(), "must not contain '..'");
            }
        });
        value("local-path", (place, words, errors) -> {
            if (place.text().startsWith("/")) {
                errors.invalid(place.path(), place.text(), "must be a relative path");
            }
            if (List.of(place.text().split("/", -1)).contains("..")) {
                errors.invalid(place.path(), place.text(), "must not contain '..'");
            }
        });
        value(
                "contains-none",
                (place, words, errors) -> words.forEach(each -> {
                    if (place.text().contains(each)) {
                        errors.invalid(place.path(), place.text(), "must not contain '" + each + "'");
                    }
                }));
        value(
                "ends-with-none",
                (place, words, errors) -> words.forEach(each -> {
                    if (place.text().endsWith(each)) {
                        errors.invalid(place.path(), place.text(), "cannot end with '" + each + "'");
                    }
                }));
    }

    private void lists() {
        // [FIELD...]: no two items alike, or alike in those fields.
        value("unique", (place, words, errors) -> each(place, words, (path, item) -> errors.duplicate(path, item)));
        value(
                "unique-at",
                (place, words, errors) -> each(
                        place,
                        words,
                        (path, item) -> errors.duplicate(path.replaceFirst("\\]$", "]." + words.get(0)), item)));
        value("max-items", (place, words, errors) -> {
            if (place.value() instanceof List<?> list && list.size() > Integer.parseInt(words.get(0))) {
                errors.tooMany(place.path(), list.size(), Long.parseLong(words.get(0)));
            }
        });
        value("at-most-items", (place, words, errors) -> {
            if (place.value() instanceof List<?> list && list.size() > Integer.parseInt(words.get(0))) {
                errors.invalid(place.path(), list, words.get(1));
            }
        });
        value("one-value", (place, words, errors) -> {
            if (place.value() instanceof List<?> list && list.size() != 1) {
                errors.required(place.path(), word(words));
            }
        });
        // TEXT TEXT "text"
        value("not-both", (place, words, errors) -> {
            if (place.value() instanceof List<?> list && list.containsAll(words.subList(0, 2))) {
                errors.invalid(place.path(), list, words.get(2));
            }
        });
        // TEXT "text": it stands alone or not at all.
        value("alone", (place, words, errors) -> {
            if (place.value() instanceof List<?> list && list.size() > 1 && list.contains(words.get(0))) {
                errors.invalid(place.path(), list, words.get(1));
            }
        });
    }

    private static void each(Place place, List<String> fields, BiConsumer<String, Object> twice) {
        if (place.value() instanceof List<?> list) {
            Set<Object> seen = new HashSet<>();
            for (int i = 0; i < list.size(); i++) {
                Object item = list.get(i);
                Object key = item;
                if (!fields.isEmpty() && item instanceof Map<?, ?> map) {
                    key = fields.size() == 1
                            ? map.get(fields.get(0))
                            : fields.stream()
                                    .map(field -> String.valueOf(map.get(field)))
                                    .toList();
                }
                if (key != null && !key.equals("") && !seen.add(key)) {
                    twice.accept(place.path() + "[" + i + "]", fields.size() > 1 ? item : key);
                }
            }
        }
    }
}
