package dev.kuar.practice.pki;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The DNS names and IPv4 addresses that a server's certificate is good for. */
record SubjectNames(List<String> dns, List<byte[]> addresses) {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /** Sorts names from dotted addresses. */
    static SubjectNames of(List<String> names) {
        List<String> dns = new ArrayList<>();
        List<byte[]> addresses = new ArrayList<>();
        for (String name : names) {
            if (IPV4.matcher(name).matches()) {
                addresses.add(bytes(name));
            } else {
                dns.add(name);
            }
        }
        return new SubjectNames(dns, addresses);
    }

    byte[] encoded() {
        List<byte[]> parts = new ArrayList<>();
        dns.forEach(name -> parts.add(Der.tagged(0x82, name.getBytes(StandardCharsets.US_ASCII))));
        addresses.forEach(address -> parts.add(Der.tagged(0x87, address)));
        return Der.sequence(parts.toArray(new byte[0][]));
    }

    private static byte[] bytes(String address) {
        String[] parts = address.split("\\.", -1);
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        return bytes;
    }
}
