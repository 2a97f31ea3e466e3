package dev.kuar.practice.container;

/**
 * What the runtime lets a container have of its node.
 *
 * @param cpuRequest in thousandths of a core, what it gets where others want more than there is; 0 for none
 * @param cpuLimit in thousandths of a core; 0 for any
 * @param memoryLimit in bytes; 0 for any
 * @param oomScore how soon the kernel ends it where a node's memory is used up, from -1000 to 1000
 */
public record Share(long cpuRequest, long cpuLimit, long memoryLimit, int oomScore) {
    public static final Share ANY = new Share(0, 0, 0, 0);

    private static final long PERIOD_MICROS = 100_000;
    private static final long LEAST_QUOTA = 1_000;
    private static final long LEAST_SHARES = 2;
    private static final long MOST_SHARES = 262_144;

    /** As {@code cpu.weight} has it, from 1 to 10000: runc's curve through the smallest, the default and the largest of the older shares. */
    public long cpuWeight() {
        long shares = Math.max(LEAST_SHARES, Math.min(MOST_SHARES, cpuRequest * 1024 / 1000));
        if (shares == LEAST_SHARES) {
            return 1;
        }
        if (shares == MOST_SHARES) {
            return 10_000;
        }
        double log = Math.log((double) shares) / Math.log(2);
        return (long) Math.ceil(Math.pow(10, (log * log + 125 * log) / 612.0 - 7.0 / 34.0));
    }

    /** As {@code cpu.max} has it: microseconds of a period, and the period. */
    public String cpuMax() {
        String quota = cpuLimit == 0 ? "max" : Long.toString(Math.max(LEAST_QUOTA, cpuLimit * PERIOD_MICROS / 1000));
        return quota + " " + PERIOD_MICROS;
    }

    /** As {@code memory.max} has it. */
    public String memoryMax() {
        return memoryLimit == 0 ? "max" : Long.toString(memoryLimit);
    }
}
