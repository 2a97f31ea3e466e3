package dev.kuar.practice.schema;

import java.net.InetAddress;
import java.util.Optional;

/** What fields that hold addresses and ranges are asked. */
final class Addresses {
    static final String IP = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
    static final String CIDR = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

    private Addresses() {}

    static boolean isIp(String text) {
        return IpAddress.find(text).isPresent();
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
