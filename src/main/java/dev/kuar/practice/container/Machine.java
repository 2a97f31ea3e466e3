package dev.kuar.practice.container;

import java.time.Instant;

/** The machine that containers run on, as programs in them see it: the node's, not the container's share. Thread-safe. */
public interface Machine {
    int cores();

    /** In bytes. */
    long memory();

    /** What the machine's own programs and all containers hold, in bytes. */
    long memoryUsed();

    /** Somebody has taken more memory than there is: ends processes until there is enough again. */
    default void runOut() {}

    /** Of its disk, in bytes. */
    long disk();

    /** What lies on the disk, in bytes: images and what was written. */
    long diskUsed();

    /** How many cores are busy, about. */
    double load();

    Instant booted();

    /** As {@code uname -r} has it. */
    String kernel();

    /** A machine of nobody's, for containers without a node. */
    static Machine small(Instant booted) {
        return new Machine() {
            @Override
            public int cores() {
                return 2;
            }

            @Override
            public long memory() {
                return 2L << 30;
            }

            @Override
            public long memoryUsed() {
                return 1L << 29;
            }

            @Override
            public long disk() {
                return 20L << 30;
            }

            @Override
            public long diskUsed() {
                return 5L << 30;
            }

            @Override
            public double load() {
                return 0.25;
            }

            @Override
            public Instant booted() {
                return booted;
            }

            @Override
            public String kernel() {
                return "6.12.48";
            }
        };
    }
}
