package dev.kuar.practice.network;

import java.util.List;

/**
 * What a name server said.
 *
 * @param name the name that was asked for, without the final dot
 * @param records in an order that may vary; A: addresses, PTR: names, SRV: {@code priority weight port target}
 */
public record DnsAnswer(Code code, String name, List<String> records) {
    public DnsAnswer {
        records = List.copyOf(records);
    }

    /** The response code. */
    public enum Code {
        /** With no records: the name exists, a record of that type does not. */
        NOERROR,
        NXDOMAIN,
        SERVFAIL,
        /** Nobody answered. */
        TIMEOUT
    }
}
