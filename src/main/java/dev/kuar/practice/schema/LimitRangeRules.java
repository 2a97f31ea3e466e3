package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Limit ranges: that least, default request, default and most of a resource are in that order. */
final class LimitRangeRules implements KindRules {
    private static final List<String> BOUNDS =
            List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio");

    @Override
    public void check(KubeObject range, FieldErrors errors) {
        List<Map<String, Object>> limits = range.maps("spec", "limits");
        Set<String> types = new HashSet<>();
        for (int i = 0; i < limits.size(); i++) {
            KubeObject limit = KubeObject.of(limits.get(i));
            String path = "spec.limits[" + i + "]";
            String type = limit.text("type");
            errors.syntax(path + ".type", type, Syntax.qualifiedName(type));
            if (!types.add(type)) {
                errors.duplicate(path + ".type", type);
            }
            Set<String> names = new TreeSet<>();
            for (String bound : BOUNDS) {
                limit.map(bound).keySet().forEach(name -> {
                    names.add(name);
                    ResourceNames.container(name, path + "." + bound + "[" + name + "]", errors);
                });
            }
            if (type.equals("Pod")) {
                for (String bound : List.of("default", "defaultRequest")) {
                    if (!limit.map(bound).isEmpty()) {
                        errors.forbidden(path + "." + bound, "may not be specified when `type` is 'Pod'");
                    }
                }
            }
            if (type.equals("PersistentVolumeClaim")
                    && limit.at("min", "storage") == null
                    && limit.at("max", "storage") == null) {
                errors.required(
                        path + ".limits",
                        "either minimum or maximum storage value is required, but neither was provided");
            }
            names.forEach(name -> order(limit, name, path, errors));
        }
    }

    private static void order(KubeObject limit, String name, String path, FieldErrors errors) {
        above(limit, "min", "max", name, path, errors);
        above(limit, "defaultRequest", "max", name, path, errors);
        above(limit, "default", "max", name, path, errors);
        if (limit.at("min", name) != null && limit.at("defaultRequest", name) != null) {
            if (compare(limit, "min", "defaultRequest", name) > 0) {
                say(
                        limit,
                        "defaultRequest",
                        "min",
                        name,
                        path,
                        errors,
                        "min value ",
                        " is greater than default request value ");
            }
        }
        if (limit.at("min", name) != null && limit.at("default", name) != null) {
            if (compare(limit, "min", "default", name) > 0) {
                say(limit, "default", "min", name, path, errors, "min value ", " is greater than default value ");
            }
        }
        above(limit, "defaultRequest", "default", name, path, errors);
        Object ratio = limit.at("maxLimitRequestRatio", name);
        if (ratio != null && Quantity.of(ratio).compareTo(Quantity.of(1)) < 0) {
            errors.invalid(
                    path + ".maxLimitRequestRatio[" + name + "]",
                    ratio,
                    "ratio " + Quantity.of(ratio) + " is less than 1");
        }
    }

    private static int compare(KubeObject limit, String a, String b, String name) {
        return Quantity.of(limit.at(a, name)).compareTo(Quantity.of(limit.at(b, name)));
    }

    /** Refuses {@code low} above {@code high}; the field that is named is {@code low}'s. */
    private static void above(KubeObject limit, String low, String high, String name, String path, FieldErrors errors) {
        if (limit.at(low, name) != null && limit.at(high, name) != null && compare(limit, low, high, name) > 0) {
            Object value = limit.at(low, name);
            errors.invalid(
                    path + "." + low + "[" + name + "]",
                    value,
                    title(low) + " value " + value + " is greater than " + title(high) + " value "
                            + limit.at(high, name));
        }
    }

    private static void say(
            KubeObject limit,
            String field,
            String low,
            String name,
            String path,
            FieldErrors errors,
            String a,
            String b) {
        errors.invalid(
                path + "." + field + "[" + name + "]",
                limit.at(field, name),
                a + limit.at(low, name) + b + limit.at(field, name));
    }

    private static String title(String bound) {
        return bound.equals("defaultRequest") ? "default request" : bound;
    }
}
