package dev.kuar.practice.patch;

import dev.kuar.practice.object.JsonWriter;
import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The entries of {@code metadata.managedFields} by who they belong to. */
final class ManagedFields {
    private static final int UPDATES_KEPT = 10;
    private static final String ANCIENT = "ancient-changes";

    /** Who owns fields: an applier keeps one entry whatever its version, an updater one a version. */
    record Owner(String manager, String operation, String apiVersion, String subresource) {
        boolean applies() {
            return operation.equals("Apply");
        }

        /** As conflicts name it. */
        String shown() {
            String name = JsonWriter.text(manager)
                    + (subresource.isEmpty() ? "" : " with subresource " + JsonWriter.text(subresource));
            return applies() ? name : name + " using " + apiVersion;
        }

        /** What owners are sorted by: as upstream writes one as JSON. */
        String identity() {
            return String.join("\"", manager, operation, apiVersion, subresource);
        }
    }

    private final Map<Owner, FieldSet> sets = new LinkedHashMap<>();
    private final Map<Owner, String> times = new LinkedHashMap<>();
    private final Map<Owner, String> versions = new LinkedHashMap<>();

    /** Those of {@code object}; none where an entry is not one. */
    static ManagedFields of(KubeObject object) {
        ManagedFields fields = new ManagedFields();
        for (Map<String, Object> entry : object.maps("metadata", "managedFields")) {
            KubeObject view = KubeObject.of(entry);
            String operation = view.text("operation");
            boolean known = operation.equals("Apply") || operation.equals("Update");
            if (!known
                    || view.text("apiVersion").isEmpty()
                    || !view.text("fieldsType").equals("FieldsV1")) {
                return new ManagedFields();
            }
            Owner owner = owner(view.text("manager"), operation, view.text("apiVersion"), view.text("subresource"));
            fields.sets.put(owner, FieldSet.decode(view.map("fieldsV1")));
            fields.times.put(owner, view.text("time"));
            fields.versions.put(owner, view.text("apiVersion"));
        }
        return fields;
    }

    static Owner owner(String manager, String operation, String apiVersion, String subresource) {
        return new Owner(manager, operation, operation.equals("Apply") ? "" : apiVersion, subresource);
    }

    Map<Owner, FieldSet> sets() {
        return sets;
    }

    /** The version whose fields an owner's are. */
    String version(Owner owner) {
        return versions.getOrDefault(owner, owner.apiVersion());
    }

    String time(Owner owner) {
        return times.getOrDefault(owner, "");
    }

    /** Leaves an entry without a time, as upstream does with those that come from a scale. */
    void forget(Owner owner, String apiVersion) {
        versions.put(owner, apiVersion);
        times.remove(owner);
    }

    boolean isEmpty() {
        return sets.isEmpty();
    }

    void touch(Owner owner, String apiVersion, String time) {
        versions.put(owner, apiVersion);
        if (!time.isEmpty()) {
            times.put(owner, time);
        }
    }

    /** Writes the entries into {@code object}, sorted as upstream sorts them; none at all removes the field. */
    void writeTo(KubeObject object) {
        List<Map<String, Object>> entries = new ArrayList<>();
        sets.forEach((owner, set) -> {
            if (set.isEmpty()) {
                return;
            }
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("manager", owner.manager());
            entry.put("operation", owner.operation());
            entry.put("apiVersion", versions.getOrDefault(owner, owner.apiVersion()));
            if (!time(owner).isEmpty()) {
                entry.put("time", time(owner));
            }
            entry.put("fieldsType", "FieldsV1");
            entry.put("fieldsV1", set.encode());
            if (!owner.subresource().isEmpty()) {
                entry.put("subresource", owner.subresource());
            }
            entries.add(entry);
        });
        entries.sort(Comparator.comparing((Map<String, Object> entry) -> text(entry, "operation"))
                .thenComparing(entry -> text(entry, "time"))
                .thenComparing(entry -> text(entry, "manager"))
                .thenComparing(entry -> text(entry, "apiVersion"))
                .thenComparing(entry -> text(entry, "subresource")));
        object.set(entries.isEmpty() ? null : entries, "metadata", "managedFields");
    }

    /** More than ten updaters: the oldest of a version become one, {@code ancient-changes}. */
    void capUpdates() {
        List<Owner> updaters = new ArrayList<>(
                sets.keySet().stream().filter(owner -> !owner.applies()).toList());
        updaters.sort(Comparator.comparing(this::time).thenComparing(Owner::identity));
        int left = updaters.size();
        Map<String, Owner> first = new HashMap<>();
        for (Owner old : updaters) {
            if (left <= UPDATES_KEPT) {
                return;
            }
            String version = old.apiVersion();
            Owner earlier = first.putIfAbsent(version, old);
            if (earlier != null) {
                Owner ancient = new Owner(ANCIENT, "Update", version, "");
                if (!sets.containsKey(ancient)) {
                    sets.put(ancient, Objects.requireNonNull(sets.remove(earlier)));
                }
                FieldSet set = Objects.requireNonNull(sets.remove(old));
                sets.merge(ancient, set, FieldSet::union);
                times.put(ancient, time(old));
                versions.put(ancient, version);
                left--;
            }
        }
    }

    private static String text(Map<String, Object> entry, String name) {
        return entry.get(name) instanceof String text ? text : "";
    }
}
