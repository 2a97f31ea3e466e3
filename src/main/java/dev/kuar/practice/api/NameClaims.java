package dev.kuar.practice.api;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a CustomResourceDefinition gets of the names that it asks for: each that no other definition of its group holds.
 *
 * @param accepted the names that it now holds
 * @param reason of a refusal, for instance {@code PluralConflict}; empty where all is well
 * @param message of that refusal
 */
record NameClaims(Map<String, Object> accepted, String reason, String message) {
    private static final String NO_CONFLICTS = "no conflicts found";

    boolean areFree() {
        return reason.isEmpty();
    }

    /** @param others all other definitions */
    static NameClaims of(KubeObject definition, List<KubeObject> others) {
        Set<String> resources = new HashSet<>();
        Set<String> kinds = new HashSet<>();
        String group = definition.text("spec", "group");
        for (KubeObject other : others) {
            if (other.text("spec", "group").equals(group)) {
                KubeObject held = KubeObject.of(other.map("status", "acceptedNames"));
                resources.add(held.text("plural"));
                resources.add(held.text("singular"));
                resources.addAll(held.texts("shortNames"));
                kinds.add(held.text("kind"));
                kinds.add(held.text("listKind"));
            }
        }
        return claim(
                KubeObject.of(definition.map("spec", "names")),
                KubeObject.of(definition.map("status", "acceptedNames")),
                resources,
                kinds);
    }

    private static NameClaims claim(KubeObject asked, KubeObject held, Set<String> resources, Set<String> kinds) {
        Map<String, Object> accepted = new LinkedHashMap<>(held.tree());
        String reason = "";
        String message = NO_CONFLICTS;
        for (String[] each : new String[][] {
            {"plural", "PluralConflict"},
            {"singular", "SingularConflict"},
            {"shortNames", "ShortNamesConflict"},
            {"kind", "KindConflict"},
            {"listKind", "ListKindConflict"}
        }) {
            Set<String> used = each[0].toLowerCase(Locale.ROOT).endsWith("kind") ? kinds : resources;
            List<String> taken = taken(asked, held, each[0], used);
            if (taken.isEmpty()) {
                put(accepted, each[0], asked.at(each[0]));
            } else {
                reason = each[1];
                message = taken.size() == 1 ? taken.get(0) : "[" + String.join(", ", taken) + "]";
            }
        }
        put(accepted, "categories", asked.at("categories"));
        return new NameClaims(accepted, reason, message);
    }

    private static List<String> taken(KubeObject asked, KubeObject held, String field, Set<String> used) {
        List<String> names = field.equals("shortNames") ? asked.texts(field) : List.of(asked.text(field));
        List<String> own = field.equals("shortNames") ? held.texts(field) : List.of(held.text(field));
        List<String> taken = new ArrayList<>();
        for (String name : names) {
            if (!name.isEmpty() && !own.contains(name) && used.contains(name)) {
                taken.add("\"" + name + "\" is already in use");
            }
        }
        return taken;
    }

    private static void put(Map<String, Object> names, String field, @Nullable Object value) {
        if (value == null) {
            names.remove(field);
        } else {
            names.put(field, KubeObject.copyOf(value));
        }
    }
}
