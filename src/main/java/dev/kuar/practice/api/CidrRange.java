package dev.kuar.practice.api;

/**
 * An IPv4 range that addresses are given from.
 *
 * @param base its first address as a number
 * @param bits how many bits of it are fixed
 */
record CidrRange(long base, int bits) {
    static CidrRange parse(String cidr) {
        int slash = cidr.indexOf('/');
        return new CidrRange(number(cidr.substring(0, slash)), Integer.parseInt(cidr.substring(slash + 1)));
    }

    long size() {
        return 1L << (32 - bits);
    }

    boolean contains(String address) {
        try {
            long number = number(address);
            return number > base && number < base + size() - 1;
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    String at(long offset) {
        long number = base + offset;
        return (number >> 24 & 255) + "." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    }

    /** How many of the first addresses are kept for who asks for one by name, as long as there are others. */
    long reserved() {
        return size() <= 16 ? 0 : Math.min(Math.max(16, size() / 16), 256);
    }

    private static long number(String address) {
        String[] parts = address.split("\\.", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not an IPv4 address: " + address);
        }
        long number = 0;
        for (String part : parts) {
            number = number << 8 | Integer.parseInt(part);
        }
        return number;
    }
}
