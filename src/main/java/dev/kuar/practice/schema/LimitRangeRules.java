package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Limit ranges: that least, default request, default and most of a resource are in that order. */
final class LimitRangeRules implements KindRules {
    private static final Set<String> TYPES = Set.of("Pod", "Container", "PersistentVolumeClaim");

    @Override
    public void check(KubeObject range, FieldErrors errors) {
        List<Map<String, Object>> limits = range.maps("spec", "limits");
        Set<String> types = new HashSet<>();
        for (int i = 0; i < limits.size(); i++) {
            KubeObject limit = KubeObject.of(limits.get(i));
            String path = "spec.limits[" + i + "]";
            String type = limit.text("type");
            List<String> wrong = Syntax.qualifiedName(type);
            errors.syntax(path + ".type", type, wrong);
            if (wrong.isEmpty() && !type.contains("/") && !TYPES.contains(type)) {
                errors.invalid(path + ".type", type, "must be a standard limit type or fully qualified");
            }
            if (!types.add(type)) {
                errors.duplicate(path + ".type", type);
            }
            Set<String> names = new TreeSet<>();
            names(limit, "max", names, path, errors);
            names(limit, "min", names, path, errors);
            for (String bound : List.of("default", "defaultRequest")) {
                if (!type.equals("Pod")) {
                    names(limit, bound, names, path, errors);
                } else if (!limit.map(bound).isEmpty()) {
                    errors.forbidden(path + "." + bound, "may not be specified when `type` is 'Pod'");
                }
            }
            if (type.equals("PersistentVolumeClaim")
                    && limit.at("min", "storage") == null
                    && limit.at("max", "storage") == null) {
                errors.required(
                        path + ".limits",
                        "either minimum or maximum storage value is required, but neither was provided");
            }
            names(limit, "maxLimitRequestRatio", names, path, errors);
            for (String name : names) {
                order(limit, name, path, errors);
                ratio(limit, name, path, errors);
            }
        }
    }

    private static void names(KubeObject limit, String bound, Set<String> names, String path, FieldErrors errors) {
        boolean computed = Set.of("Pod", "Container").contains(limit.text("type"));
        limit.map(bound).keySet().forEach(name -> {
            names.add(name);
            String at = path + "." + bound + "[" + name + "]";
            if (computed) {
                ResourceNames.container(name, at, errors);
            } else {
                ResourceNames.standard(name, at, errors);
            }
        });
    }

    private static void order(KubeObject limit, String name, String path, FieldErrors errors) {
        above(limit, name, "min", "max", "min", "min", path, errors);
        above(limit, name, "min", "defaultRequest", "defaultRequest", "defaultRequest", path, errors);
        above(limit, name, "defaultRequest", "max", "defaultRequest", "defaultRequest", path, errors);
        if (limit.at("default", name) != null && limit.at("defaultRequest", name) != null) {
            Object low = limit.at("defaultRequest", name);
            Object high = limit.at("default", name);
            if (Quantity.of(low).compareTo(Quantity.of(high)) > 0) {
                errors.invalid(
                        path + ".defaultRequest[" + name + "]",
                        low,
                        "default request value " + low + " is greater than default limit value " + high);
            }
        }
        above(limit, name, "min", "default", "default", "min", path, errors);
        above(limit, name, "default", "max", "default", "max", path, errors);
    }

    /**
     * Refuses {@code low} above {@code high}.
     *
     * @param at whose field is named
     * @param shown whose value is shown
     */
    private static void above(
            KubeObject limit,
            String name,
            String low,
            String high,
            String at,
            String shown,
            String path,
            FieldErrors errors) {
        Object least = limit.at(low, name);
        Object most = limit.at(high, name);
        boolean free = limit.text("type").equals("Pod") && (low.startsWith("default") || high.startsWith("default"));
        if (!free && least != null && most != null && Quantity.of(least).compareTo(Quantity.of(most)) > 0) {
            errors.invalid(
                    path + "." + at + "[" + name + "]",
                    limit.at(shown, name),
                    title(low) + " value " + least + " is greater than " + title(high) + " value " + most);
        }
    }

    private static String title(String bound) {
        return bound.equals("defaultRequest") ? "default request" : bound;
    }

    private static void ratio(KubeObject limit, String name, String path, FieldErrors errors) {
        Object ratio = limit.at("maxLimitRequestRatio", name);
        Object min = limit.at("min", name);
        Object max = limit.at("max", name);
        String at = path + ".maxLimitRequestRatio[" + name + "]";
        if (ratio != null && Quantity.of(ratio).compareTo(Quantity.of(1)) < 0) {
            errors.invalid(at, ratio, "ratio " + ratio + " is less than 1");
        }
        if (ratio != null && min != null && max != null && !Quantity.of(min).isZero()) {
            double most = (double) Quantity.of(max).millis() / Quantity.of(min).millis();
            if (Quantity.of(ratio).millis() / 1000.0 > most) {
                errors.invalid(
                        at,
                        ratio,
                        "ratio " + ratio + " is greater than max/min = " + String.format(Locale.ROOT, "%f", most));
            }
        }
        Object standard = limit.at("default", name);
        Object request = limit.at("defaultRequest", name);
        if (!ResourceNames.isOvercommitted(name)
                && standard != null
                && request != null
                && Quantity.of(standard).compareTo(Quantity.of(request)) != 0) {
            errors.invalid(
                    path + ".defaultRequest[" + name + "]",
                    request,
                    "default value " + standard + " must equal to defaultRequest value " + request + " in " + name);
        }
    }
}
