package dev.kuar.practice.schema;

import dev.kuar.practice.object.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers, amounts and addresses. */
final class NumberChecks extends CheckSet {
    NumberChecks() {
        numbers();
        addresses();
        quantities();
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
        put("port-required", (place, words, errors) -> {
            if (place.value() == null || place.given().equals(0L)) {
                errors.required(place.path(), "");
            } else {
                errors.between(place.path(), place.value(), 1, 65535);
            }
        });
        // Also where nothing is set: Go has a 0 there.
        put("port-or-name-set", (place, words, errors) -> {
            errors.between(place.path(), place.value() == null ? 0L : place.value(), 1, 65535);
            if (place.value() instanceof String name) {
                errors.syntax(place.path(), name, Syntax.portName(name));
            }
        });
        put("positive-field", (place, words, errors) -> {
            long number = place.value() instanceof Long value ? value : 0;
            if (number <= 0) {
                errors.invalid(place.path(), number, "must be greater than zero");
            }
        });
        // "text"
        put("positive-set", (place, words, errors) -> {
            long number = place.value() instanceof Long value ? value : 0;
            if (number < 1) {
                errors.invalid(place.path(), number, words.get(0));
            }
        });
        // FIELD "text"
        value("equals", (place, words, errors) -> {
            if (!place.given().equals(place.holder().get(words.get(0)))) {
                errors.invalid(place.path(), place.value(), words.get(1));
            }
        });
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
        value("count-or-percent", (place, words, errors) -> countOrPercent(place.path(), place.value(), errors));
        value("at-most-100-percent", (place, words, errors) -> atMostAll(place.path(), place.value(), errors));
    }

    /** A number of things that is not below zero, or a percentage. */
    static void countOrPercent(String path, @Nullable Object value, FieldErrors errors) {
        errors.atLeast(path, value, 0);
        if (value instanceof String text && !text.matches("[0-9]+%")) {
            errors.invalid(
                    path,
                    text,
                    "a valid percent string must be a numeric string followed by an ending"
                            + " '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')");
        }
    }

    /** No percentage above a hundred. */
    static void atMostAll(String path, @Nullable Object value, FieldErrors errors) {
        if (value instanceof String text
                && text.matches("[0-9]{1,9}%")
                && Long.parseLong(text.substring(0, text.length() - 1)) > 100) {
            errors.invalid(path, text, "must not be greater than 100%");
        }
    }

    private void addresses() {
        put("ip", (place, words, errors) -> errors.syntax(place.path(), place.text(), Addresses.wrongIp(place.text())));
        value("no-ip", (place, words, errors) -> {
            if (Addresses.isIp(place.text())) {
                errors.invalid(place.path(), place.text(), "must be a DNS name, not an IP address");
            }
        });
        value(
                "cidr",
                (place, words, errors) -> errors.syntax(place.path(), place.text(), Addresses.wrongCidr(place.text())));
        value("address-of-type", (place, words, errors) -> {
            String type = String.valueOf(place.root().get("addressType"));
            if (type.equals("FQDN")) {
                domain(place, errors);
            } else if (type.equals("IPv4") || type.equals("IPv6")) {
                if (!Addresses.isIp(place.text()) || Addresses.isV4(place.text()) != type.equals("IPv4")) {
                    errors.invalid(place.path(), place.text(), "must be a valid " + type + " address");
                }
                Addresses.special(place.text()).ifPresent(why -> errors.invalid(place.path(), place.text(), why));
            }
        });
        // FIELD: a range inside the one beside it.
        value("cidr-inside", (place, words, errors) -> {
            String around = String.valueOf(place.holder().get(words.get(0)));
            errors.syntax(place.path(), place.text(), Addresses.wrongCidr(place.text()));
            if (Addresses.isCidr(place.text())
                    && Addresses.isCidr(around)
                    && !Addresses.isStrictlyInside(place.text(), around)) {
                errors.invalid(place.path(), place.text(), "must be a strict subset of `" + words.get(0) + "`");
            }
        });
    }

    private static void domain(RuleRun.Place place, FieldErrors errors) {
        String name = place.text().endsWith(".")
                ? place.text().substring(0, place.text().length() - 1)
                : place.text();
        List<String> wrong = Syntax.subdomain(name);
        if (place.text().isEmpty()) {
            errors.required(place.path(), "");
        } else if (!wrong.isEmpty()) {
            errors.invalid(place.path(), name, String.join(",", wrong));
        } else if (!name.contains(".")) {
            errors.invalid(place.path(), name, "should be a domain with at least two segments separated by dots");
        }
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
        value(
                "container-resource",
                (place, words, errors) -> ResourceNames.container(place.text(), place.path(), errors));
        value("quota-resource", (place, words, errors) -> ResourceNames.quota(place.name(), place.path(), errors));
    }
}
