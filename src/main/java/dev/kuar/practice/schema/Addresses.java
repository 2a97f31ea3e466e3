package dev.kuar.practice.schema;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** IP addresses and ranges as texts; nothing is ever looked up. */
final class Addresses {
    static final String IP = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
    static final String CIDR = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";
    private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    private Addresses() {}

    static boolean isIp(String text) {
        return bytes(text) != null;
    }

    static boolean isV4(String text) {
        byte[] bytes = bytes(text);
        return bytes != null && bytes.length == 4;
    }

    static boolean isCidr(String text) {
        int slash = text.indexOf('/');
        byte[] base = slash < 0 ? null : bytes(text.substring(0, slash));
        return base != null
                && text.substring(slash + 1).matches("\\d{1,3}")
                && Integer.parseInt(text.substring(slash + 1)) <= base.length * 8;
    }

    /** Whether all of {@code inner} lies in {@code outer}, which is larger; both are ranges. */
    static boolean isStrictlyInside(String inner, String outer) {
        int innerBits = Integer.parseInt(inner.substring(inner.indexOf('/') + 1));
        int outerBits = Integer.parseInt(outer.substring(outer.indexOf('/') + 1));
        byte[] a = bytes(inner.substring(0, inner.indexOf('/')));
        byte[] b = bytes(outer.substring(0, outer.indexOf('/')));
        if (a == null || b == null || a.length != b.length || outerBits >= innerBits) {
            return false;
        }
        return Arrays.equals(masked(a, outerBits), masked(b, outerBits));
    }

    /** Why an address is none that a pod or service has; empty where it may be one. */
    static Optional<String> special(String text) {
        byte[] bytes = bytes(text);
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.getByAddress(bytes);
            String why = address.isAnyLocalAddress()
                    ? "may not be unspecified (" + text + ")"
                    : address.isLoopbackAddress()
                            ? "may not be in the loopback range (127.0.0.0/8, ::1/128)"
                            : address.isLinkLocalAddress()
                                    ? "may not be in the link-local range (169.254.0.0/16, fe80::/10)"
                                    : address.isMCLinkLocal() || text.startsWith("224.0.0.")
                                            ? "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)"
                                            : "";
            return why.isEmpty() ? Optional.empty() : Optional.of(why);
        } catch (UnknownHostException impossible) {
            return Optional.empty();
        }
    }

    private static byte[] masked(byte[] address, int bits) {
        byte[] masked = new byte[address.length];
        for (int i = 0; i < address.length; i++) {
            int keep = Math.max(0, Math.min(8, bits - i * 8));
            masked[i] = (byte) (address[i] & (0xff << (8 - keep)));
        }
        return masked;
    }

    private static byte @Nullable [] bytes(String text) {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            return null;
        }
        if (V4.matcher(text).matches()) {
            for (String part : text.split("\\.", -1)) {
                if (Integer.parseInt(part) > 255 || (part.length() > 1 && part.startsWith("0"))) {
                    return null;
                }
            }
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException malformed) {
            return null;
        }
    }
}
