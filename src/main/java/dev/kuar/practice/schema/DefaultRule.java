package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One default of a type, changing the tree in place. */
@FunctionalInterface
interface DefaultRule {
    void apply(Map<String, Object> tree);

    /**
     * As data says it: {@code set} a path to {@code value} or to what stands at {@code from}, unless something is there
     * ({@code zero}: or a 0), {@code when} paths have one of some values, only with {@code unless_absent}; or
     * {@code call} a named one; or {@code unset} a path.
     */
    static DefaultRule of(Map<String, Object> data) {
        if (data.get("call") instanceof String name) {
            return NamedDefaults.find(name);
        }
        if (data.get("unset") != null) {
            String[] gone = split(data.get("unset"));
            Map<?, ?> condition = data.get("when") instanceof Map<?, ?> map ? map : Map.of();
            return tree -> {
                if (holds(KubeObject.of(tree), condition)) {
                    KubeObject.of(tree).set(null, gone);
                }
            };
        }
        String[] path = split(data.get("set"));
        Object value = data.get("value");
        String[] from = data.get("from") == null ? new String[0] : split(data.get("from"));
        boolean zero = Boolean.TRUE.equals(data.get("zero"));
        String[] with = data.get("unless_absent") == null ? new String[0] : split(data.get("unless_absent"));
        Map<?, ?> when = data.get("when") instanceof Map<?, ?> map ? map : Map.of();
        return tree -> {
            KubeObject object = KubeObject.of(tree);
            Object there = object.at(path);
            if (there != null && !(zero && (there.equals(0L) || there.equals(""))) || !holds(object, when)) {
                return;
            }
            if (with.length > 0 && object.at(with) == null) {
                return;
            }
            Object set = from.length > 0 ? object.at(from) : value;
            if (set != null) {
                object.set(KubeObject.copyOf(set), path);
            }
        };
    }

    private static boolean holds(KubeObject object, Map<?, ?> when) {
        for (Map.Entry<?, ?> each : when.entrySet()) {
            if (!((List<?>) each.getValue()).contains(object.at(split(each.getKey())))) {
                return false;
            }
        }
        return true;
    }

    private static String[] split(@Nullable Object path) {
        return String.valueOf(path).split("\\.");
    }
}
