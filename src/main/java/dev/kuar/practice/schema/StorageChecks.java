package dev.kuar.practice.schema;

import dev.kuar.practice.object.KubeObject;
import dev.kuar.practice.object.Quantity;
import dev.kuar.practice.schema.RuleRun.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What is asked of volumes, claims and storage classes that no line of a rule file can say. */
final class StorageChecks extends CheckSet {
    private static final int PARAMETERS = 512;
    private static final long PARAMETERS_SIZE = 256 * 1024;
    private static final Set<String> NO_SOURCE = Set.of(
            "accessModes",
            "capacity",
            "claimRef",
            "mountOptions",
            "nodeAffinity",
            "persistentVolumeReclaimPolicy",
            "storageClassName",
            "volumeAttributesClassName",
            "volumeMode");

    StorageChecks() {
        put("volume-capacity", StorageChecks::capacity);
        put("volume-kept", StorageChecks::volumeKept);
        put("claim-kept", StorageChecks::claimKept);
        value("class-parameters", StorageChecks::parameters);
    }

    private static void capacity(Place place, List<String> words, FieldErrors errors) {
        Map<String, Object> capacity = KubeObject.of(place.holder()).map("capacity");
        String path = place.path() + ".capacity";
        if (!capacity.containsKey("storage") || capacity.size() > 1) {
            errors.unsupported(path, capacity.isEmpty() ? null : capacity, List.of("storage"));
        }
        capacity.forEach((name, size) -> {
            Quantity amount = Quantity.of(size);
            if (amount.units() < 0) {
                errors.invalid(path + "[" + name + "]", amount.units(), "must be a valid resource quantity");
            }
            if (amount.compareTo(Quantity.ZERO) <= 0) {
                errors.invalid(path + "[" + name + "]", size, "must be greater than zero");
            }
        });
    }

    private static Map<String, Object> source(KubeObject volume) {
        Map<String, Object> source = new LinkedHashMap<>(volume.map("spec"));
        source.keySet().removeAll(NO_SOURCE);
        return source;
    }

    private static void volumeKept(Place place, List<String> words, FieldErrors errors) {
        KubeObject now = KubeObject.of(KubeObject.copyOf(place.root()));
        KubeObject old = KubeObject.of(place.before());
        if (old.at("spec", "csi") != null && old.at("spec", "csi", "controllerExpandSecretRef") == null) {
            now.map("spec", "csi").remove("controllerExpandSecretRef");
        }
        if (!source(now).equals(source(old))) {
            errors.forbidden(
                    "spec.persistentvolumesource",
                    "spec.persistentvolumesource is immutable after creation\n"
                            + GoStructs.diff("PersistentVolumeSource", source(old), source(now)));
        }
        if (!Objects.equals(now.at("spec", "volumeMode"), old.at("spec", "volumeMode"))) {
            errors.invalid("volumeMode", now.at("spec", "volumeMode"), "field is immutable");
        }
        if (old.at("spec", "nodeAffinity") != null
                && !Objects.equals(now.at("spec", "nodeAffinity"), old.at("spec", "nodeAffinity"))) {
            errors.invalidShown(
                    "nodeAffinity",
                    GoStructs.line("VolumeNodeAffinity", now.at("spec", "nodeAffinity")),
                    "field is immutable, except for updating from beta label to GA");
        }
        if (old.at("spec", "volumeAttributesClassName") != null
                && now.at("spec", "volumeAttributesClassName") == null) {
            errors.forbidden("spec.volumeAttributesClassName", "update from non-nil value to nil is forbidden");
        }
    }

    private static void claimKept(Place place, List<String> words, FieldErrors errors) {
        KubeObject claim = KubeObject.of(place.root());
        KubeObject old = KubeObject.of(place.before());
        KubeObject before = KubeObject.of(KubeObject.copyOf(old.map("spec")));
        KubeObject now = KubeObject.of(KubeObject.copyOf(claim.map("spec")));
        if (before.text("volumeName").isEmpty()) {
            before.set(now.at("volumeName"), "volumeName");
        }
        if (before.at("storageClassName") == null) {
            now.set(null, "storageClassName");
        }
        if (claim.text("status", "phase").equals("Bound")) {
            now.set(before.at("resources", "requests", "storage"), "resources", "requests", "storage");
            now.set(before.at("volumeAttributesClassName"), "volumeAttributesClassName");
        }
        if (!now.tree().equals(before.tree())) {
            errors.forbidden(
                    "spec",
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound"
                            + " claims\n" + GoStructs.diff("PersistentVolumeClaimSpec", before.tree(), now.tree()));
        }
        Quantity size = size(claim, "spec", "resources", "requests");
        if (size.compareTo(size(old, "spec", "resources", "requests")) < 0
                && size.compareTo(size(old, "status", "capacity")) <= 0) {
            errors.forbidden("spec.resources.requests.storage", "field can not be less than status.capacity");
        }
        if (!Objects.equals(claim.at("spec", "volumeMode"), old.at("spec", "volumeMode"))) {
            errors.invalid("volumeMode", claim.at("spec", "volumeMode"), "field is immutable");
        }
        attributes(claim, old, errors);
    }

    private static void attributes(KubeObject claim, KubeObject old, FieldErrors errors) {
        Object name = claim.at("spec", "volumeAttributesClassName");
        boolean changed = !Objects.equals(name, old.at("spec", "volumeAttributesClassName"));
        if (changed && old.at("status", "currentVolumeAttributesClassName") != null) {
            if (name == null) {
                errors.forbidden(
                        "spec.volumeAttributesClassName",
                        "update to nil is forbidden when status.currentVolumeAttributesClassName is not nil");
            } else if ("".equals(name)) {
                errors.forbidden(
                        "spec.volumeAttributesClassName",
                        "update to empty string is forbidden when status.currentVolumeAttributesClassName is not nil");
            }
        }
    }

    private static Quantity size(KubeObject claim, String... path) {
        Object size = claim.map(path).get("storage");
        return size == null ? Quantity.ZERO : Quantity.of(size);
    }

    private static void parameters(Place place, List<String> words, FieldErrors errors) {
        Map<String, Object> parameters = place.object().tree();
        long size = 0;
        if (parameters.size() > PARAMETERS) {
            errors.tooLong("Provisioner Parameters", PARAMETERS);
            return;
        }
        for (Map.Entry<String, Object> each : parameters.entrySet()) {
            if (each.getKey().isEmpty()) {
                errors.invalid(place.path(), "", "field can not be empty.");
            }
            size += Syntax.bytes(each.getKey()) + Syntax.bytes(String.valueOf(each.getValue()));
        }
        if (size > PARAMETERS_SIZE) {
            errors.tooLong(place.path(), PARAMETERS_SIZE);
        }
    }
}
