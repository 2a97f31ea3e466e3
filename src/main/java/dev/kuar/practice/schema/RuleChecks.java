package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import dev.kuar.practice.schema.RuleRun.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** What rule files can ask, by name; each complains in upstream's words, and not about what is absent unless it says so. */
final class RuleChecks {
    /** One thing that can be asked of a place. */
    interface Check {
        void check(Place place, List<String> words, FieldErrors errors);
    }

    private static final RuleChecks BUILT_IN = new RuleChecks();

    private final Map<String, Check> all = new HashMap<>();

    private RuleChecks() {
        presence();
        numbers();
        names();
        lists();
        changes();
        addresses();
        quantities();
    }

    /** Whether there is a check of that name. */
    static boolean has(String name) {
        return BUILT_IN.all.containsKey(name);
    }

    static Check named(String name) {
        Check check = BUILT_IN.all.get(name);
        if (check == null) {
            throw new IllegalStateException("a rule file asks for '" + name + "', which is no check");
        }
        return check;
    }

    private static String word(List<String> words) {
        return words.isEmpty() ? "" : words.get(0);
    }

    private void put(String name, Check check) {
        all.put(name, check);
    }

    /** A check of what is there. */
    private void value(String name, Check check) {
        put(name, (place, words, errors) -> {
            if (place.value() != null) {
                check.check(place, words, errors);
            }
        });
    }

    private void text(String name, Function<String, List<String>> complaints) {
        put(name, (place, words, errors) -> {
            if (place.value() instanceof String text && !text.isEmpty()) {
                errors.syntax(place.path(), text, complaints.apply(text));
            }
        });
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

    private void numbers() {
        value("non-negative", (place, words, errors) -> errors.atLeast(place.path(), place.value(), 0));
        value("positive", (place, words, errors) -> {
            if (place.value() instanceof Long number && number <= 0) {
                errors.invalid(place.path(), number, "must be greater than 0");
            }
        });
        value("at-least", (place, words, errors) -> {
            if (place.value() instanceof Long number && number < Long.parseLong(words.get(0))) {
                errors.invalid(
                        place.path(),
                        number,
                        words.size() > 1 ? words.get(1) : "must be greater than or equal to " + words.get(0));
            }
        });
        value("at-most", (place, words, errors) -> {
            if (place.value() instanceof Long number && number > Long.parseLong(words.get(0))) {
                errors.invalid(
                        place.path(),
                        number,
                        words.size() > 1 ? words.get(1) : "must be less than or equal to " + words.get(0));
            }
        });
        value(
                "between",
                (place, words, errors) -> errors.between(
                        place.path(), place.value(), Long.parseLong(words.get(0)), Long.parseLong(words.get(1))));
        // LEAST MOST "text"
        value("between-else", (place, words, errors) -> {
            if (place.value() instanceof Long number
                    && (number < Long.parseLong(words.get(0)) || number > Long.parseLong(words.get(1)))) {
                errors.invalid(place.path(), number, words.get(2));
            }
        });
        value("port", (place, words, errors) -> errors.between(place.path(), place.value(), 1, 65535));
        value("port-or-name", (place, words, errors) -> {
            errors.between(place.path(), place.value(), 1, 65535);
            if (place.value() instanceof String name) {
                errors.syntax(place.path(), name, Syntax.portName(name));
            }
        });
        // FIELD "text": not below a number beside it.
        value("not-below", (place, words, errors) -> {
            if (place.value() instanceof Long number
                    && place.holder().get(words.get(0)) instanceof Long other
                    && number < other) {
                errors.invalid(place.path(), number, words.get(1));
            }
        });
        value("not-above", (place, words, errors) -> {
            if (place.value() instanceof Long number
                    && place.holder().get(words.get(0)) instanceof Long other
                    && number > other) {
                errors.invalid(place.path(), number, words.get(1));
            }
        });
        value("count-or-percent", (place, words, errors) -> {
            errors.atLeast(place.path(), place.value(), 0);
            if (place.value() instanceof String text && !text.matches("[0-9]+%")) {
                errors.invalid(
                        place.path(),
                        text,
                        "a valid percent string must be a numeric string followed by an ending"
                                + " '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')");
            }
        });
        value("at-most-100-percent", (place, words, errors) -> {
            if (place.value() instanceof String text
                    && text.matches("[0-9]{1,9}%")
                    && Long.parseLong(text.substring(0, text.length() - 1)) > 100) {
                errors.invalid(place.path(), text, "must not be greater than 100%");
            }
        });
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

    private void addresses() {
        value("ip", (place, words, errors) -> {
            if (!Addresses.isIp(place.text())) {
                errors.invalid(place.path(), place.text(), Addresses.IP);
            }
        });
        value("no-ip", (place, words, errors) -> {
            if (Addresses.isIp(place.text())) {
                errors.invalid(place.path(), place.text(), "must be a DNS name, not an IP address");
            }
        });
        value("cidr", (place, words, errors) -> {
            if (!Addresses.isCidr(place.text())) {
                errors.invalid(place.path(), place.text(), Addresses.CIDR);
            }
        });
        value("address-of-type", (place, words, errors) -> {
            String type = String.valueOf(place.root().get("addressType"));
            boolean fits =
                    switch (type) {
                        case "IPv4" -> Addresses.isV4(place.text());
                        case "IPv6" -> Addresses.isIp(place.text()) && !Addresses.isV4(place.text());
                        default -> true;
                    };
            if (!fits) {
                errors.invalid(place.path(), place.text(), "must be a valid " + type + " address");
            } else if (type.equals("FQDN")) {
                errors.syntax(place.path(), place.text(), Syntax.subdomain(place.text()));
            } else {
                Addresses.special(place.text()).ifPresent(why -> errors.invalid(place.path(), place.text(), why));
            }
        });
        // FIELD: a range inside the one beside it.
        value("cidr-inside", (place, words, errors) -> {
            String around = String.valueOf(place.holder().get(words.get(0)));
            if (!Addresses.isCidr(place.text())) {
                errors.invalid(place.path(), place.text(), Addresses.CIDR);
            } else if (Addresses.isCidr(around) && !Addresses.isStrictlyInside(place.text(), around)) {
                errors.invalid(place.path(), place.text(), "must be a strict subset of `" + words.get(0) + "`");
            }
        });
    }

    private void quantities() {
        value("quantity", (place, words, errors) -> {
            if (Quantity.of(place.value()).compareTo(Quantity.ZERO) < 0) {
                errors.invalid(place.path(), place.value(), "must be greater than or equal to 0");
            }
        });
        value("positive-quantity", (place, words, errors) -> {
            if (Quantity.of(place.value()).compareTo(Quantity.ZERO) <= 0) {
                errors.invalid(
                        place.path(), place.value(), words.isEmpty() ? "must be greater than zero" : words.get(0));
            }
        });
        value("resource-amount", (place, words, errors) -> ResourceNames.amount(place, errors));
        value("whole-extended", (place, words, errors) -> {
            if (place.name().contains("/")) {
                ResourceNames.amount(place, errors);
            }
        });
        value("resource-name", (place, words, errors) -> ResourceNames.container(place.name(), place.path(), errors));
        value("quota-resource", (place, words, errors) -> ResourceNames.quota(place.name(), place.path(), errors));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }
}
