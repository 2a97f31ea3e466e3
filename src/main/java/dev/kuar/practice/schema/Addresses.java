package dev.kuar.practice.schema;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What fields that hold addresses and ranges are asked. */
final class Addresses {
    static final String IP = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
    static final String CIDR = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

    private Addresses() {}

    static boolean isIp(String text) {
        return IpAddress.find(text).isPresent();
    }

    /** What is wrong with an address; empty where it is one. */
    static List<String> wrongIp(String text) {
        if (isIp(text)) {
            return List.of();
        }
        if (isIp(plain(text))) {
            return List.of("must not have leading 0s");
        }
        return isDressed(text) ? List.of("must not be an IPv4-mapped IPv6 address") : List.of(IP);
    }

    /** What is wrong with a range; empty where it is one. */
    static List<String> wrongCidr(String text) {
        if (isCidr(text)) {
            int slash = text.indexOf('/');
            return text.charAt(slash + 1) == '0' && slash + 2 < text.length()
                    ? List.of("must not have leading 0s in IP or prefix length")
                    : base(text).masked(bits(text)).equals(base(text))
                            ? List.of()
                            : List.of("must not have bits set beyond the prefix length");
        }
        int slash = text.indexOf('/');
        if (slash > 0 && isCidr(plain(text.substring(0, slash)) + text.substring(slash))) {
            return List.of("must not have leading 0s in IP or prefix length");
        }
        return slash > 0
                        && isDressed(text.substring(0, slash))
                        && text.substring(slash + 1).matches("\\d{1,2}|1[01]\\d|12[0-8]")
                ? List.of("must not have an IPv4-mapped IPv6 address")
                : List.of(CIDR);
    }

    /** Without zeroes before numbers. */
    private static String plain(String text) {
        return text.contains(":") ? text : text.replaceAll("(?<![0-9])0+(?=[0-9])", "");
    }

    /** Whether it is an IPv4 address dressed as one of version 6. */
    private static boolean isDressed(String text) {
        return text.toLowerCase(Locale.ROOT).startsWith("::ffff:") && isV4(text.substring(7));
    }

    static boolean isV4(String text) {
        return IpAddress.find(text).filter(ip -> ip.size() == 4).isPresent();
    }

    static boolean isCidr(String text) {
        int slash = text.indexOf('/');
        return slash > 0
                && text.substring(slash + 1).matches("\\d{1,3}")
                && IpAddress.find(text.substring(0, slash))
                        .filter(ip -> bits(text) <= ip.size() * 8)
                        .isPresent();
    }

    private static int bits(String cidr) {
        return Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
    }

    private static IpAddress base(String cidr) {
        return IpAddress.find(cidr.substring(0, cidr.indexOf('/'))).orElseThrow();
    }

    /** Whether all of {@code inner} lies in {@code outer}, which is larger; both are ranges. */
    static boolean isStrictlyInside(String inner, String outer) {
        IpAddress a = base(inner);
        IpAddress b = base(outer);
        return a.size() == b.size()
                && bits(outer) < bits(inner)
                && a.masked(bits(outer)).equals(b.masked(bits(outer)));
    }

    /** Why an address is none that a pod or service has; empty where it may be one. */
    static Optional<String> special(String text) {
        return IpAddress.find(text).map(ip -> why(ip, text)).filter(why -> !why.isEmpty());
    }

    private static String why(IpAddress ip, String text) {
        InetAddress address = ip.inet();
        if (address.isAnyLocalAddress()) {
            return "may not be unspecified (" + text + ")";
        } else if (address.isLoopbackAddress()) {
            return "may not be in the loopback range (127.0.0.0/8, ::1/128)";
        } else if (address.isLinkLocalAddress()) {
            return "may not be in the link-local range (169.254.0.0/16, fe80::/10)";
        }
        return ip.isLinkLocalMulticast()
                ? "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)"
                : "";
    }
}
