package dev.kuar.practice.device;

import dev.kuar.practice.object.KubeObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A constraint of a claim: its devices have one attribute alike, or each another. What was added is taken off in turn. */
final class Constraint {
    private final List<String> requests;
    private final String attribute;
    private final boolean distinct;

    /** What was added last for a request; of alike ones the first is all that counts. */
    private final Map<String, KubeObject> values = new HashMap<>();

    private @Nullable KubeObject first;
    private int devices;

    Constraint(KubeObject tree) {
        this.requests = tree.texts("requests");
        this.distinct = !tree.text("distinctAttribute").isEmpty();
        this.attribute = tree.text(distinct ? "distinctAttribute" : "matchAttribute");
    }

    private static String base(Wish wish) {
        return wish.isAlternative() ? wish.parent() : wish.name();
    }

    private boolean concerns(Wish wish) {
        return requests.isEmpty() || requests.contains(base(wish)) || requests.contains(wish.fullName());
    }

    /** Whether the constraint still holds with the device; it is counted then. */
    boolean add(Wish wish, Device device) {
        if (!concerns(wish)) {
            return true;
        }
        KubeObject value = device.attribute(attribute);
        if (value == null || (devices > 0 && !holds(value))) {
            return false;
        }
        if (distinct) {
            values.put(base(wish), value);
        } else if (devices == 0) {
            first = value;
        }
        devices++;
        return true;
    }

    void remove(Wish wish) {
        if (concerns(wish)) {
            values.remove(base(wish));
            devices--;
        }
    }

    private boolean holds(KubeObject value) {
        return distinct
                ? values.values().stream().noneMatch(other -> same(value, other))
                : first != null && same(value, first);
    }

    private static boolean same(KubeObject value, KubeObject other) {
        for (String kind : new String[] {"string", "int", "bool", "version"}) {
            Object plain = value.at(kind);
            if (plain != null) {
                return plain.equals(other.at(kind));
            }
        }
        return false;
    }
}
