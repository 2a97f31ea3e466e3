package dev.kuar.practice.patch;

import dev.kuar.practice.object.KubeObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The entries of {@code metadata.managedFields} by who they belong to. */
final class ManagedFields {
    private static final int UPDATES_KEPT = 10;

    /** Who owns fields: an applier keeps one entry whatever its version, an updater one a version. */
    record Owner(String manager, String operation, String apiVersion, String subresource) {
        boolean applies() {
            return operation.equals("Apply");
        }

        /** As conflicts name it; {@code time} may be empty. */
        String shown(String time) {
            String name =
                    "\"" + manager + "\"" + (subresource.isEmpty() ? "" : " with subresource \"" + subresource + "\"");
            if (applies()) {
                return name;
            }
            return name + " using " + apiVersion + (time.isEmpty() ? "" : " at " + time);
        }
    }

    private final Map<Owner, FieldSet> sets = new LinkedHashMap<>();
    private final Map<Owner, String> times = new LinkedHashMap<>();
    private final Map<Owner, String> versions = new LinkedHashMap<>();

    static ManagedFields of(KubeObject object) {
        ManagedFields fields = new ManagedFields();
        for (Map<String, Object> entry : object.maps("metadata", "managedFields")) {
            KubeObject view = KubeObject.of(entry);
            String operation = view.text("operation");
            Owner owner = owner(view.text("manager"), operation, view.text("apiVersion"), view.text("subresource"));
            FieldSet set = FieldSet.decode(view.map("fieldsV1"));
            FieldSet known = fields.sets.get(owner);
            fields.sets.put(owner, known == null ? set : known.union(set));
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

    String time(Owner owner) {
        return times.getOrDefault(owner, "");
    }

    void touch(Owner owner, String apiVersion, String time) {
        versions.put(owner, apiVersion);
        if (!time.isEmpty()) {
            times.put(owner, time);
        }
    }

    /** Writes the entries into {@code object}, sorted as upstream sorts them; none at all removes the field. */
    void writeTo(KubeObject object) {
        capUpdates();
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

    /** More than ten updaters: the oldest become one, {@code ancient-changes}. */
    private void capUpdates() {
        List<Owner> updaters = new ArrayList<>(sets.keySet().stream()
                .filter(owner -> !owner.applies() && owner.subresource().isEmpty())
                .toList());
        if (updaters.size() <= UPDATES_KEPT) {
            return;
        }
        updaters.sort(Comparator.comparing(this::time));
        for (Owner old : updaters.subList(0, updaters.size() - UPDATES_KEPT + 1)) {
            Owner ancient = new Owner("ancient-changes", "Update", old.apiVersion(), "");
            FieldSet set = sets.remove(old);
            if (set != null) {
                sets.merge(ancient, set, FieldSet::union);
                times.put(ancient, time(old));
                versions.put(ancient, old.apiVersion());
            }
        }
    }

    private static String text(Map<String, Object> entry, String name) {
        return entry.get(name) instanceof String text ? text : "";
    }
}
