package dev.kuar.practice.schema;

import java.util.HashMap;
import java.util.Map;

/** What rule files can ask, by name; each complains in upstream's words, and not about what is absent unless it says so. */
final class RuleChecks {
    private static final Map<String, CheckSet.Check> ALL = gather();

    private RuleChecks() {}

    private static Map<String, CheckSet.Check> gather() {
        Map<String, CheckSet.Check> all = new HashMap<>();
        all.putAll(new PresenceChecks().all());
        all.putAll(new NumberChecks().all());
        all.putAll(new TextChecks().all());
        all.putAll(new PodChecks().all());
        all.putAll(new ContainerChecks().all());
        all.putAll(new ResourceChecks().all());
        all.putAll(new VolumeChecks().all());
        all.putAll(new WorkloadChecks().all());
        all.putAll(new JobChecks().all());
        all.putAll(new ServiceChecks().all());
        all.putAll(new StorageChecks().all());
        all.putAll(new QuotaChecks().all());
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
