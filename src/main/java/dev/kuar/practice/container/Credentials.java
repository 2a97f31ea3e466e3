package dev.kuar.practice.container;

import java.util.List;

/**
 * As whom a process runs.
 *
 * @param groups supplementary groups
 */
record Credentials(int uid, int gid, List<Integer> groups) {
    static final Credentials ROOT = new Credentials(0, 0, List.of(0));

    Credentials {
        groups = List.copyOf(groups);
    }

    /** Whether {@code bit} (4 read, 2 write, 1 execute) is granted. */
    boolean may(Inode node, int bit) {
        if (uid == 0) {
            return true;
        }
        if (node.uid() == uid) {
            return (node.mode() >> 6 & bit) != 0;
        }
        if (node.gid() == gid || groups.contains(node.gid())) {
            return (node.mode() >> 3 & bit) != 0;
        }
        return (node.mode() & bit) != 0;
    }
}
