package dev.kuar.practice.kubelet;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which addresses of a node's range are taken; given out in turn, as the host-local plugin does. Thread-safe. */
final class PodAddresses {
    private static final int FIRST = 2;

    private final Set<String> taken = new HashSet<>();
    private int last = FIRST - 1;

    /**
     * An address of {@code cidr}; empty without a range or when all are taken.
     *
     * @param wanted what the pod had before; empty for any
     */
    synchronized Optional<String> take(String cidr, String wanted) {
        if (cidr.isEmpty()) {
            return Optional.empty();
        }
        if (!wanted.isEmpty() && taken.add(wanted)) {
            return Optional.of(wanted);
        }
        String[] parts = cidr.split("/");
        long base = number(parts[0]);
        int size = (1 << (32 - Integer.parseInt(parts[1]))) - 2;
        for (int i = 1; i <= size; i++) {
            int next = (last + i - FIRST) % (size - FIRST + 1) + FIRST;
            String ip = text(base + next);
            if (taken.add(ip)) {
                last = next;
                return Optional.of(ip);
            }
        }
        return Optional.empty();
    }

    /** A range of the node's own network that is no other node's: {@code 192.168.145.0/24} for 192.168.28.17. */
    static String beside(String node) {
        String[] parts = node.split("\\.", -1);
        return parts[0] + "." + parts[1] + "." + (128 + Integer.parseInt(parts[3]) % 128) + ".0/24";
    }

    synchronized void give(String ip) {
        taken.remove(ip);
    }

    private static long number(String ip) {
        long number = 0;
        for (String part : ip.split("\\.")) {
            number = number << 8 | Long.parseLong(part);
        }
        return number;
    }

    private static String text(long number) {
        return (number >> 24 & 255) + "." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    }
}
