package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.schema.RuleRun.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a device of a ResourceSlice is asked: its attributes, capacities, taints, counters and binding conditions. */
final class SliceDeviceChecks extends CheckSet {
    private static final int LONGEST_ID = 32;
    private static final int LONGEST_VALUE = 64;
    private static final int MOST_ENTRIES = 32;
    private static final int MOST_VALUES = 48;
    private static final int MOST_TAINTS = 16;
    private static final int MOST_DEVICES = 128;
    private static final int MOST_RICH = 64;
    private static final int MOST_CONDITIONS = 4;
    private static final List<String> VALUES =
            List.of("int", "bool", "string", "version", "ints", "bools", "strings", "versions");
    private static final List<String> INTERNAL = List.of(
            "IntValue",
            "BoolValue",
            "StringValue",
            "VersionValue",
            "IntValues",
            "BoolValues",
            "StringValues",
            "VersionValues");
    private static final List<String> EFFECTS = List.of("NoExecute", "NoSchedule", "None");
    private static final String NUMBER = "(0|[1-9]\\d*)";
    private static final String PRE = "(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)";
    private static final String BUILD = "[0-9a-zA-Z-]+";
    private static final Pattern VERSION = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(-" + PRE
            + "(\\." + PRE + ")*)?(\\+" + BUILD + "(\\." + BUILD + ")*)?");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    SliceDeviceChecks() {
        value("slice-device", (place, words, errors) -> device(place.object(), place.path(), errors));
        value(
                "device-nodes",
                (place, words, errors) -> nodes(place.object(), isPerDevice(place), place.path(), errors));
        value("slice-size", SliceDeviceChecks::size);
        value("device-counters", (place, words, errors) -> counters(place.object(), place.path(), errors));
    }

    private static boolean isPerDevice(Place place) {
        return KubeObject.of(place.root()).flag("spec", "perDeviceNodeSelection");
    }

    /** On which nodes a device is: said of each where the slice leaves it to them, and of none where it does not. */
    private static void nodes(KubeObject device, boolean perDevice, String path, FieldErrors errors) {
        List<String> set = new ArrayList<>();
        for (String field : List.of("nodeName", "nodeSelector", "allNodes")) {
            if (device.at(field) != null) {
                set.add("`" + field + "`");
            }
        }
        if (!perDevice) {
            if (!set.isEmpty()) {
                errors.invalid(
                        path,
                        null,
                        "`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to"
                                + " true in the ResourceSlice spec");
            }
            return;
        }
        if ("".equals(device.at("nodeName"))) {
            errors.invalid(path + ".nodeName", "", "must not be empty");
            set.remove("`nodeName`");
        } else if (device.at("nodeName") instanceof String name) {
            errors.syntax(path + ".nodeName", name, Syntax.subdomain(name));
        }
        if (Boolean.FALSE.equals(device.at("allNodes"))) {
            errors.invalid(path + ".allNodes", false, "must be either unset or set to true");
            set.remove("`allNodes`");
        }
        String one =
                "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is"
                        + " set to true in the ResourceSlice spec";
        if (set.isEmpty()) {
            errors.required(path, one);
        } else if (set.size() > 1) {
            errors.invalid(path, "{" + String.join(", ", set) + "}", one);
        }
    }

    /** Fewer devices fit into a slice when any of them has taints, takes counters or has lists among its attributes. */
    private static void size(Place place, List<String> words, FieldErrors errors) {
        List<Map<String, Object>> devices = place.object().maps("devices");
        boolean rich = devices.stream()
                .map(KubeObject::of)
                .anyMatch(each -> !each.maps("taints").isEmpty()
                        || !each.maps("consumesCounters").isEmpty()
                        || each.map("attributes").values().stream().anyMatch(SliceDeviceChecks::isListed));
        int most = rich ? MOST_RICH : MOST_DEVICES;
        if (devices.size() > most) {
            errors.tooMany(place.path() + ".devices", devices.size(), most);
        }
    }

    private static boolean isListed(Object attribute) {
        return attribute instanceof Map<?, ?> map
                && VALUES.subList(4, 8).stream().anyMatch(list -> map.get(list) != null);
    }

    private static void device(KubeObject device, String path, FieldErrors errors) {
        Map<String, Object> attributes = device.map("attributes");
        Map<String, Object> capacity = device.map("capacity");
        int entries = attributes.size() + capacity.size();
        if (entries > MOST_ENTRIES) {
            errors.invalid(
                    path,
                    (long) entries,
                    "the total number of attributes and capacities must not exceed " + MOST_ENTRIES);
        }
        long values =
                attributes.values().stream().mapToLong(SliceDeviceChecks::size).sum();
        if (values > MOST_VALUES) {
            errors.invalid(path, values, "the total number of attribute values must not exceed " + MOST_VALUES);
        }
        attributes.forEach((name, each) -> {
            name(name, path + ".attributes", errors);
            attribute(KubeObject.of(cast((Map<?, ?>) each)), path + ".attributes[" + name + "]", errors);
        });
        capacity.forEach((name, each) -> {
            name(name, path + ".capacity", errors);
            String at = path + ".capacity[" + name + "].requestPolicy";
            boolean policy = each instanceof Map<?, ?> map && map.get("requestPolicy") != null;
            if (policy && !device.flag("allowMultipleAllocations")) {
                errors.forbidden(at, "allowMultipleAllocations must be true");
            } else if (policy) {
                CapacityPolicyChecks.check(KubeObject.of(cast((Map<?, ?>) each)), at, errors);
            }
        });
        taints(device.maps("taints"), path + ".taints", errors);
        conditions(device, path, errors);
    }

    private static long size(Object attribute) {
        if (!(attribute instanceof Map<?, ?> map)) {
            return 1;
        }
        long listed = 0;
        for (String list : VALUES.subList(4, 8)) {
            listed += map.get(list) instanceof List<?> all ? all.size() : 0;
        }
        return listed == 0 ? 1 : listed;
    }

    /** A C identifier, perhaps behind the domain of a driver and a slash. */
    private static void name(String name, String path, FieldErrors errors) {
        String[] parts = name.split("/", -1);
        if (parts.length == 1) {
            identifier(parts[0], path, errors);
        } else if (parts.length == 2) {
            if (parts[0].isEmpty()) {
                errors.invalid(path, "", "the domain must not be empty");
            } else {
                if (Syntax.bytes(parts[0]) > 63) {
                    errors.tooLong(path, 63);
                }
                errors.syntax(path, parts[0], Syntax.subdomain(parts[0].toLowerCase(Locale.ROOT)));
            }
            if (parts[1].isEmpty()) {
                errors.invalid(path, "", "the name must not be empty");
            } else {
                identifier(parts[1], path, errors);
            }
        }
    }

    private static void identifier(String id, String path, FieldErrors errors) {
        if (Syntax.bytes(id) > LONGEST_ID) {
            errors.tooLong(path, LONGEST_ID);
        }
        if (!IDENTIFIER.matcher(id).matches()) {
            errors.invalid(
                    path,
                    id,
                    "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric"
                            + " characters or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName', regex used for validation is '"
                            + IDENTIFIER + "')");
        }
    }

    private static void attribute(KubeObject attribute, String path, FieldErrors errors) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        int set = 0;
        for (int i = 0; i < VALUES.size(); i++) {
            String field = VALUES.get(i);
            Object value = attribute.at(field);
            shown.put(INTERNAL.get(i), value);
            set += value == null ? 0 : 1;
            if (value instanceof List<?> list && list.isEmpty()) {
                errors.invalid(path + "." + field, list, "must not be empty if specified");
            } else if (value instanceof List<?> list) {
                for (int at = 0; at < list.size(); at++) {
                    text(list.get(at), field.startsWith("version"), path + "." + field + "[" + at + "]", errors);
                }
            } else {
                text(value, field.startsWith("version"), path + "." + field, errors);
            }
        }
        if (set != 1) {
            errors.invalid(path, set == 0 ? "" : shown, "exactly one value must be specified");
        }
    }

    private static void text(@Nullable Object value, boolean version, String path, FieldErrors errors) {
        if (!(value instanceof String text)) {
            return;
        }
        if (version && !VERSION.matcher(text).matches()) {
            errors.invalid(path, text, "must be a string compatible with semver.org spec 2.0.0");
        }
        if (Syntax.bytes(text) > LONGEST_VALUE) {
            errors.tooLong(path, LONGEST_VALUE);
        }
    }

    private static void taints(List<Map<String, Object>> taints, String path, FieldErrors errors) {
        if (taints.size() > MOST_TAINTS) {
            errors.tooMany(path, taints.size(), MOST_TAINTS);
            return;
        }
        for (int i = 0; i < taints.size(); i++) {
            KubeObject taint = KubeObject.of(taints.get(i));
            String at = path + "[" + i + "]";
            errors.syntax(at + ".key", taint.text("key"), Syntax.qualifiedName(taint.text("key")));
            errors.syntax(at + ".value", taint.text("value"), Syntax.labelValue(taint.text("value")));
            if (taint.text("effect").isEmpty()) {
                errors.required(at + ".effect", "");
            } else {
                errors.oneOf(at + ".effect", taint.text("effect"), EFFECTS);
            }
        }
    }

    private static void conditions(KubeObject device, String path, FieldErrors errors) {
        List<String> good = device.texts("bindingConditions");
        List<String> bad = device.texts("bindingFailureConditions");
        names(good, path + ".bindingConditions", errors);
        names(bad, path + ".bindingFailureConditions", errors);
        twice(good, List.of(), path + ".bindingConditions", errors);
        twice(bad, good, path + ".bindingFailureConditions", errors);
        if (good.isEmpty() && !bad.isEmpty()) {
            errors.invalid(
                    path + ".bindingConditions",
                    device.at("bindingConditions"),
                    "bindingConditions are required to use bindingFailureConditions");
        }
        if (bad.isEmpty() && !good.isEmpty()) {
            errors.invalid(
                    path + ".bindingFailureConditions",
                    device.at("bindingFailureConditions"),
                    "bindingFailureConditions are required to use bindingConditions");
        }
    }

    private static void names(List<String> conditions, String path, FieldErrors errors) {
        if (conditions.size() > MOST_CONDITIONS) {
            errors.tooMany(path, conditions.size(), MOST_CONDITIONS);
            return;
        }
        for (int i = 0; i < conditions.size(); i++) {
            errors.syntax(path + "[" + i + "]", conditions.get(i), Syntax.qualifiedName(conditions.get(i)));
        }
    }

    private static void twice(List<String> conditions, List<String> others, String path, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < conditions.size(); i++) {
            String each = conditions.get(i);
            if (!seen.add(each)) {
                errors.duplicate(path + "[" + i + "]", each);
            }
            if (others.contains(each)) {
                errors.invalid(
                        path + "[" + i + "]", each, "bindingFailureConditions must not overlap with bindingConditions");
            }
        }
    }

    /** The counters of a set, or of what a device takes of one. */
    private static void counters(KubeObject holder, String path, FieldErrors errors) {
        List<String> names = new ArrayList<>(holder.map("counters").keySet());
        if (names.isEmpty()) {
            errors.required(path + ".counters", "");
        } else if (names.size() > MOST_ENTRIES) {
            errors.tooMany(path + ".counters", names.size(), MOST_ENTRIES);
        } else {
            names.forEach(name -> errors.syntax(path + ".counters", name, Syntax.label(name)));
        }
    }
}
