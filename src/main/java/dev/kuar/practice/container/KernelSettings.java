package dev.kuar.practice.container;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's parameters below {@code /proc/sys} as the processes of a pod see them: some are the pod's own, the rest its node's.
 * Thread-safe.
 */
public final class KernelSettings {
    private static final Map<String, String> USUAL = new TreeMap<>();

    static {
        for (String line : ImageCatalogue.data("/practice/kernel/sysctls.txt").split("\n")) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] pair = line.split(" ", 2);
                USUAL.put(pair[0], pair.length > 1 ? pair[1].replace("\\t", "\t") : "");
            }
        }
    }

    private final @Nullable KernelSettings machine;
    private final boolean ownNetwork;
    private final Map<String, String> set = new ConcurrentHashMap<>();

    private KernelSettings(@Nullable KernelSettings machine, boolean ownNetwork) {
        this.machine = machine;
        this.ownNetwork = ownNetwork;
    }

    /** Those of a machine that has just been switched on. */
    public static KernelSettings ofMachine() {
        return new KernelSettings(null, true);
    }

    /**
     * Those of a pod on this machine.
     *
     * @param values what the pod asks for, by names with dots or slashes
     * @param hostNetwork whether it stands in the machine's own network
     */
    public KernelSettings ofPod(Map<String, String> values, boolean hostNetwork) {
        KernelSettings pod = new KernelSettings(this, !hostNetwork);
        values.forEach((name, value) -> pod.set(normal(name), value));
        return pod;
    }

    /**
     * The name with dots between its parts: where the first of its separators is a slash, slashes and dots change places.
     *
     * <p>Models {@code NormalizeName} of Kubernetes 1.36 and sysctl(8).
     */
    public static String normal(String name) {
        int first = 0;
        while (first < name.length() && name.charAt(first) != '.' && name.charAt(first) != '/') {
            first++;
        }
        if (first == name.length() || name.charAt(first) == '.') {
            return name;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            text.append(letter == '/' ? '.' : letter == '.' ? '/' : letter);
        }
        return text.toString();
    }

    /** Each in its own namespace: where a pod has none of its own, the machine's changes. */
    void set(String name, String value) {
        KernelSettings below = machine;
        if (below != null && !isOwn(name)) {
            below.set(name, value);
        } else {
            set.put(name, value);
        }
    }

    private boolean isOwn(String name) {
        return name.startsWith("net.")
                ? ownNetwork
                : name.matches("kernel\\.(shm.*|msg.*|sem)|fs\\.mqueue\\..*|kernel\\.(hostname|domainname)");
    }

    Optional<String> get(String name) {
        KernelSettings below = machine;
        String own = below == null || isOwn(name) ? set.get(name) : null;
        if (own != null) {
            return Optional.of(own);
        }
        return below == null || isOwn(name) ? Optional.ofNullable(USUAL.get(name)) : below.get(name);
    }

    /** All that have a value, by name. */
    Map<String, String> all() {
        Map<String, String> all = new TreeMap<>();
        USUAL.keySet().forEach(name -> get(name).ifPresent(value -> all.put(name, value)));
        set.keySet().forEach(name -> get(name).ifPresent(value -> all.put(name, value)));
        return all;
    }
}
