package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.RuleRun.Place;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Names, paths, selectors and other texts, and lists of anything. */
final class TextChecks extends CheckSet {
    private static final String SYSCTL = "([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    private static final Map<String, String> ISCSI = Map.of(
            "iqn", "iqn\\.\\d{4}-\\d{2}\\.([\\p{Alnum}.-]+)(:[^,;*&$|\\s]+)$",
            "eui", "^eui.\\p{Alnum}{16}$",
            "naa", "^naa.\\p{Alnum}{32}$");

    TextChecks() {
        names();
        others();
        lists();
    }

    private void names() {
        either("label", Syntax::label);
        either("subdomain", Syntax::subdomain);
        either("dns1035", Syntax::dns1035);
        either("qualified-name", Syntax::qualifiedName);
        text("qualified-name-lowered", each -> Syntax.qualifiedName(each.toLowerCase(Locale.ROOT)));
        text("path-segment", Syntax::pathSegment);
        text("config-key", Syntax::configKey);
        text("port-name", Syntax::portName);
        text("label-value", Syntax::labelValue);
        text("env-name", Syntax::variable);
        text(
                "search-path",
                each -> each.equals(".")
                        ? List.of()
                        : Syntax.subdomainWithLine(each.endsWith(".") ? each.substring(0, each.length() - 1) : each));
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
        value("local-path", (place, words, errors) -> localPath(place, errors));
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

    /** A check of a text, and with {@code -set} at its end one that an absent text is an empty one for. */
    private void either(String name, Function<String, List<String>> complaints) {
        text(name, complaints);
        put(
                name + "-set",
                (place, words, errors) -> errors.syntax(place.path(), place.text(), complaints.apply(place.text())));
    }

    /** Checks that say all that is wrong in one complaint, or none but the first. */
    private void others() {
        value("label-value-joined", (place, words, errors) -> {
            List<String> wrong = Syntax.labelValue(place.text());
            if (!wrong.isEmpty()) {
                errors.invalid(place.path(), place.text(), String.join(";", wrong));
            }
        });
        value("annotations", (place, words, errors) -> {
            if (place.value() instanceof Map<?, ?> map) {
                MetadataRules.annotations(KubeObject.of(cast(map)).tree(), place.path(), errors);
            }
        });
        // Of an Ingress that names its class in both ways.
        value("ingress-class", (place, words, errors) -> {
            String old = place.object().text("kubernetes.io/ingress.class");
            String now = KubeObject.of(place.root()).text("spec", "ingressClassName");
            if (!old.isEmpty() && !now.isEmpty() && !old.equals(now)) {
                errors.invalid(
                        "annotations.kubernetes.io/ingress.class",
                        old,
                        "must match `ingressClassName` when both are specified");
            }
        });
        value("trimmed", (place, words, errors) -> {
            if (!place.text().strip().equals(place.text())) {
                errors.invalid(place.path(), place.text(), "must not have leading or trailing whitespace");
            }
        });
        value("sysctl-name", (place, words, errors) -> {
            if (!place.text().isEmpty()
                    && (place.text().length() > 253 || !place.text().matches(SYSCTL))) {
                errors.invalid(
                        place.path(),
                        place.text(),
                        "must have at most 253 characters and match regex ^" + SYSCTL + "$");
            }
        });
        // A path within a volume that does not look like what a volume is kept with.
        put("free-path", (place, words, errors) -> {
            localPath(place, errors);
            if (place.text().startsWith("..") && !place.text().startsWith("../")) {
                errors.invalid(place.path(), place.text(), "must not start with '..'");
            }
        });
        value("csi-driver", (place, words, errors) -> {
            if (Syntax.bytes(place.text()) > 63) {
                errors.tooLong(place.path(), 63);
            }
            if (!place.text().isEmpty()) {
                errors.syntax(
                        place.path(),
                        place.text(),
                        Syntax.subdomain(place.text().toLowerCase(Locale.ROOT)));
            }
        });
        // "text for a beginning that is none"
        value("iscsi-name", (place, words, errors) -> {
            String name = place.text();
            String form = name.length() < 3 ? null : ISCSI.get(name.substring(0, 3));
            if (!name.isEmpty() && form == null) {
                errors.invalid(place.path(), name, word(words));
            } else if (form != null && !Pattern.compile(form).matcher(name).find()) {
                errors.invalid(place.path(), name, "must be valid format");
            }
        });
        value("joined-at-most", (place, words, errors) -> {
            if (place.value() instanceof List<?> list
                    && list.stream()
                                            .map(String::valueOf)
                                            .mapToInt(String::length)
                                            .sum()
                                    + list.size()
                                    - 1
                            > Integer.parseInt(words.get(0))) {
                errors.invalid(place.path(), list, words.get(1));
            }
        });
        value("too-many-bytes", (place, words, errors) -> {
            if (place.value() instanceof List<?> list && list.size() > Integer.parseInt(words.get(0))) {
                errors.tooLong(place.path(), Long.parseLong(words.get(0)));
            }
        });
    }

    private static void localPath(Place place, FieldErrors errors) {
        if (place.text().startsWith("/")) {
            errors.invalid(place.path(), place.text(), "must be a relative path");
        }
        if (List.of(place.text().split("/", -1)).contains("..")) {
            errors.invalid(place.path(), place.text(), "must not contain '..'");
        }
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
        put("one-value", (place, words, errors) -> {
            if (!(place.value() instanceof List<?> list) || list.size() != 1) {
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
