package dev.kuar.practice.schema;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address, read from a text without asking anybody; its own text is the canonical one (RFC 5952 for version 6).
 *
 * @param hex its bytes as hexadecimal digits
 */
public record IpAddress(String hex) {
    private static final Pattern V4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    /** Empty where the text is no address; an IPv4 address dressed as one of version 6 is none. */
    public static Optional<IpAddress> find(String text) {
        boolean four = V4.matcher(text).matches();
        if (!four && (!V6.matcher(text).matches() || text.contains("."))) {
            return Optional.empty();
        }
        if (four && Arrays.stream(text.split("\\.", -1)).anyMatch(part -> Integer.parseInt(part) > 255)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = InetAddress.getByName(text).getAddress();
            return four == (bytes.length == 4) ? Optional.of(of(bytes)) : Optional.empty();
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    private static IpAddress of(byte[] bytes) {
        return new IpAddress(HexFormat.of().formatHex(bytes));
    }

    /** 4 or 16 bytes. */
    public int size() {
        return hex.length() / 2;
    }

    /** With all bits after the first {@code bits} cleared. */
    public IpAddress masked(int bits) {
        byte[] masked = HexFormat.of().parseHex(hex);
        for (int i = 0; i < masked.length; i++) {
            int keep = Math.max(0, Math.min(8, bits - i * 8));
            masked[i] = (byte) (masked[i] & (0xff << (8 - keep)));
        }
        return of(masked);
    }

    public InetAddress inet() {
        try {
            return InetAddress.getByAddress(HexFormat.of().parseHex(hex));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** 224.0.0.0/24 or ff02::/16. */
    public boolean isLinkLocalMulticast() {
        return size() == 4 ? hex.startsWith("e00000") : inet().isMCLinkLocal();
    }

    public boolean isGlobalUnicast() {
        InetAddress address = inet();
        return !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isMulticastAddress()
                && !address.isLinkLocalAddress()
                && !hex.equals("ffffffff");
    }

    @Override
    public String toString() {
        if (size() == 4) {
            return inet().getHostAddress();
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = Integer.parseInt(hex.substring(i * 4, i * 4 + 4), 16);
        }
        int from = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                from = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == from) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(text.length() == 0 || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
