package dev.kuar.practice.profile;

import dev.kuar.practice.object.KubeObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which component images go with a Kubernetes version, as kubeadm pairs them.
 *
 * @param plain the version without a provider's suffix, {@code v1.36.2}
 */
record Versions(String plain, String etcd, String coredns, String pause) {
    static Versions of(String version) {
        int suffix = version.indexOf('-');
        String plain = suffix < 0 ? version : version.substring(0, suffix);
        String[] parts = plain.substring(1).split("\\.", -1);
        int minor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
        KubeObject table = KubeObject.of(ProfileData.map("common/versions.json"));
        Map<String, String> row = table.textMap("1." + minor);
        if (row.isEmpty()) {
            row = table.textMap("newest");
        }
        return new Versions(
                plain, row.getOrDefault("etcd", ""), row.getOrDefault("coredns", ""), row.getOrDefault("pause", ""));
    }

    Map<String, String> with(Map<String, String> values) {
        Map<String, String> all = new LinkedHashMap<>(values);
        all.put("etcdVersion", etcd);
        all.put("corednsVersion", coredns);
        all.put("pauseVersion", pause);
        all.putIfAbsent("plainVersion", plain);
        return all;
    }
}
