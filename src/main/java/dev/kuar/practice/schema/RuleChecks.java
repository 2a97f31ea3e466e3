package dev.kuar.practice.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What rule files can ask, by name; each complains in upstream's words, and not about what is absent unless it says so. */
final class RuleChecks {
    private static final Map<String, CheckSet.Check> ALL = gather();

    private RuleChecks() {}

    private static Map<String, CheckSet.Check> gather() {
        Map<String, CheckSet.Check> all = new HashMap<>();
        List<CheckSet> sets = List.of(
                new PresenceChecks(),
                new NumberChecks(),
                new TextChecks(),
                new PodChecks(),
                new ContainerChecks(),
                new ResourceChecks(),
                new VolumeChecks(),
                new WorkloadChecks(),
                new JobChecks(),
                new StatusChecks(),
                new ServiceChecks(),
                new StorageChecks(),
                new ClaimStatusChecks(),
                new QuotaChecks(),
                new AdmissionChecks(),
                new ClusterChecks(),
                new DeviceChecks(),
                new SliceDeviceChecks());
        sets.forEach(set -> set.all().forEach((name, check) -> {
            if (all.put(name, check) != null) {
                throw new IllegalStateException("there are two checks named '" + name + "'");
            }
        }));
        return Map.copyOf(all);
    }

    /** Whether there is a check of that name. */
    static boolean has(String name) {
        return ALL.containsKey(name);
    }

    static CheckSet.Check named(String name) {
        CheckSet.Check check = ALL.get(name);
        if (check == null) {
            throw new IllegalStateException("a rule file asks for '" + name + "', which is no check");
        }
        return check;
    }
}
