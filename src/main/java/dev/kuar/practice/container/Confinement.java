package dev.kuar.practice.container;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the kernel lets a container's processes do.
 *
 * @param privileged whether all that root may on the node
 * @param noNewPrivileges whether programs with the set-user-id bit run as who starts them
 * @param filtered whether seccomp filters system calls
 * @param capabilities what root may in the container, without {@code CAP_}
 * @param users which user of the node its root is, in a user namespace of its own; 0 in the node's
 */
public record Confinement(
        boolean privileged, boolean noNewPrivileges, boolean filtered, Set<String> capabilities, long users) {
    /** In the order of their numbers. */
    private static final List<String> ALL = List.of(
            "CHOWN",
            "DAC_OVERRIDE",
            "DAC_READ_SEARCH",
            "FOWNER",
            "FSETID",
            "KILL",
            "SETGID",
            "SETUID",
            "SETPCAP",
            "LINUX_IMMUTABLE",
            "NET_BIND_SERVICE",
            "NET_BROADCAST",
            "NET_ADMIN",
            "NET_RAW",
            "IPC_LOCK",
            "IPC_OWNER",
            "SYS_MODULE",
            "SYS_RAWIO",
            "SYS_CHROOT",
            "SYS_PTRACE",
            "SYS_PACCT",
            "SYS_ADMIN",
            "SYS_BOOT",
            "SYS_NICE",
            "SYS_RESOURCE",
            "SYS_TIME",
            "SYS_TTY_CONFIG",
            "MKNOD",
            "LEASE",
            "AUDIT_WRITE",
            "AUDIT_CONTROL",
            "SETFCAP",
            "MAC_OVERRIDE",
            "MAC_ADMIN",
            "SYSLOG",
            "WAKE_ALARM",
            "BLOCK_SUSPEND",
            "AUDIT_READ",
            "PERFMON",
            "BPF",
            "CHECKPOINT_RESTORE");

    /** What containerd gives a container that asks for nothing. */
    private static final Set<String> USUAL = Set.of(
            "CHOWN",
            "DAC_OVERRIDE",
            "FSETID",
            "FOWNER",
            "MKNOD",
            "NET_RAW",
            "SETGID",
            "SETUID",
            "SETFCAP",
            "SETPCAP",
            "NET_BIND_SERVICE",
            "SYS_CHROOT",
            "KILL",
            "AUDIT_WRITE");

    public static final Confinement DEFAULT = new Confinement(false, false, false, USUAL, 0);

    public Confinement {
        capabilities = Set.copyOf(capabilities);
    }

    /**
     * What a container may that is not privileged, or all where it is.
     *
     * @param added capabilities, {@code ALL} for all, with or without {@code CAP_}
     * @param dropped from what is usual and added
     */
    public static Confinement of(
            boolean privileged, boolean noNewPrivileges, boolean filtered, List<String> added, List<String> dropped) {
        Set<String> capabilities = new LinkedHashSet<>(privileged ? ALL : USUAL);
        if (!privileged) {
            dropped.stream().map(Confinement::plain).filter("ALL"::equals).forEach(all -> capabilities.clear());
            added.stream()
                    .map(Confinement::plain)
                    .forEach(name -> capabilities.addAll(name.equals("ALL") ? ALL : List.of(name)));
            dropped.stream().map(Confinement::plain).forEach(capabilities::remove);
        }
        return new Confinement(privileged, noNewPrivileges, filtered && !privileged, capabilities, 0);
    }

    /** The same with users of its own, of which root is the node's {@code first}. */
    public Confinement withUsers(long first) {
        return new Confinement(privileged, noNewPrivileges, filtered, capabilities, first);
    }

    private static String plain(String name) {
        return name.startsWith("CAP_") ? name.substring(4) : name;
    }

    /** Whether a process of root may what a capability allows. */
    boolean may(Credentials who, String capability) {
        return who.uid() == 0 && capabilities.contains(capability);
    }

    /** As a bit each. */
    long mask() {
        long mask = 0;
        for (int i = 0; i < ALL.size(); i++) {
            mask |= capabilities.contains(ALL.get(i)) ? 1L << i : 0;
        }
        return mask;
    }
}
