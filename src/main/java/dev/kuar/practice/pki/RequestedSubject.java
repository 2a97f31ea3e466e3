package dev.kuar.practice.pki;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Whom a PKCS#10 request asks a certificate for.
 *
 * @param name the common name; empty for none
 * @param dnsNames further names, as are {@code addresses}, {@code emails} and {@code uris}
 */
public record RequestedSubject(
        String name,
        List<String> organizations,
        List<String> dnsNames,
        List<String> addresses,
        List<String> emails,
        List<String> uris) {
    private static final byte[] COMMON_NAME = Der.oid("2.5.4.3");
    private static final byte[] ORGANIZATION = Der.oid("2.5.4.10");
    private static final byte[] ALTERNATIVE_NAMES = Der.oid("2.5.29.17");

    /** @throws IllegalArgumentException when it cannot be read */
    public static RequestedSubject of(String pem) {
        if (!pem.contains("-----BEGIN CERTIFICATE REQUEST-----")) {
            throw new IllegalArgumentException("PEM block type must be CERTIFICATE REQUEST");
        }
        try {
            String body = pem.replaceAll("-----[A-Z ]+-----", "");
            byte[] der = Base64.getMimeDecoder().decode(body.getBytes(StandardCharsets.US_ASCII));
            DerElement info = new DerElement(der, 0).child(0);
            RequestedSubject subject = new RequestedSubject(
                    last(texts(info.child(1), COMMON_NAME)),
                    texts(info.child(1), ORGANIZATION),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>());
            subject.addNames(info.whole());
            return subject;
        } catch (IndexOutOfBoundsException damaged) {
            throw new IllegalArgumentException("asn1: syntax error: data truncated", damaged);
        }
    }

    private static String last(List<String> texts) {
        return texts.isEmpty() ? "" : texts.get(texts.size() - 1);
    }

    /** A name is a sequence of sets of pairs of a kind and a text. */
    private static List<String> texts(DerElement name, byte[] kind) {
        List<String> texts = new ArrayList<>();
        for (DerElement set : name.children()) {
            for (DerElement pair : set.children()) {
                if (Arrays.equals(pair.child(0).whole(), kind)) {
                    texts.add(new String(pair.child(1).body(), StandardCharsets.UTF_8));
                }
            }
        }
        return texts;
    }

    private void addNames(byte[] info) {
        int at = DerElement.indexOf(info, ALTERNATIVE_NAMES);
        if (at < 0) {
            return;
        }
        DerElement octets = new DerElement(info, at + ALTERNATIVE_NAMES.length);
        for (DerElement each : new DerElement(octets.body(), 0).children()) {
            String text = new String(each.body(), StandardCharsets.US_ASCII);
            switch (each.tag()) {
                case 0x81 -> emails.add(text);
                case 0x82 -> dnsNames.add(text);
                case 0x86 -> uris.add(text);
                case 0x87 -> addresses.add(address(each.body()));
                default -> {}
            }
        }
    }

    private static String address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException wrongLength) {
            throw new IllegalArgumentException("x509: cannot parse IP address of length " + bytes.length, wrongLength);
        }
    }
}
