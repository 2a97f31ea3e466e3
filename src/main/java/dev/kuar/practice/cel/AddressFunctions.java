package dev.kuar.practice.cel;

import static dev.kuar.practice.cel.FunctionSet.CIDR;
import static dev.kuar.practice.cel.FunctionSet.IP;
import static dev.kuar.practice.cel.FunctionSet.TEXT;
import static dev.kuar.practice.cel.FunctionSet.TRUTH;
import static dev.kuar.practice.cel.FunctionSet.WHOLE;

import dev.cel.runtime.CelEvaluationException;
import dev.kuar.practice.schema.IpAddress;
import java.util.List;

/** {@code ip('10.0.0.1')}, {@code cidr('10.0.0.0/8')} and what can be asked of them. */
final class AddressFunctions {
    private AddressFunctions() {}

    /** An address as a value of an expression. */
    record Ip(IpAddress address) {}

    /** A range: an address, which may have bits set beyond the prefix, and how many bits are the prefix. */
    record Cidr(IpAddress address, int bits) {
        boolean holds(IpAddress other) {
            return other.size() == address.size() && other.masked(bits).equals(address.masked(bits));
        }
    }

    static void addTo(FunctionSet set) {
        set.global(
                "isIP", TRUTH, List.of(TEXT), a -> IpAddress.find((String) a[0]).isPresent());
        set.global("ip", IP, List.of(TEXT), a -> new Ip(ip((String) a[0])));
        set.global("ip.isCanonical", TRUTH, List.of(TEXT), a -> ip((String) a[0])
                .toString()
                .equals(a[0]));
        set.member("family", WHOLE, List.of(IP), a -> of(a[0]).size() == 4 ? 4L : 6L);
        set.member("isUnspecified", TRUTH, List.of(IP), a -> of(a[0]).inet().isAnyLocalAddress());
        set.member("isLoopback", TRUTH, List.of(IP), a -> of(a[0]).inet().isLoopbackAddress());
        set.member("isLinkLocalMulticast", TRUTH, List.of(IP), a -> of(a[0]).isLinkLocalMulticast());
        set.member(
                "isLinkLocalUnicast", TRUTH, List.of(IP), a -> of(a[0]).inet().isLinkLocalAddress());
        set.member("isGlobalUnicast", TRUTH, List.of(IP), a -> of(a[0]).isGlobalUnicast());
        set.global("string", TEXT, List.of(IP), a -> of(a[0]).toString());
        set.global("isCIDR", TRUTH, List.of(TEXT), a -> isCidr((String) a[0]));
        set.global("cidr", CIDR, List.of(TEXT), a -> cidr((String) a[0]));
        set.member("containsIP", TRUTH, List.of(CIDR, IP), a -> ((Cidr) a[0]).holds(of(a[1])));
        set.member("containsIP", TRUTH, List.of(CIDR, TEXT), a -> ((Cidr) a[0]).holds(ip((String) a[1])));
        set.member("containsCIDR", TRUTH, List.of(CIDR, CIDR), a -> contains((Cidr) a[0], (Cidr) a[1]));
        set.member("containsCIDR", TRUTH, List.of(CIDR, TEXT), a -> contains((Cidr) a[0], cidr((String) a[1])));
        set.member("ip", IP, List.of(CIDR), a -> new Ip(((Cidr) a[0]).address()));
        set.member("masked", CIDR, List.of(CIDR), a -> {
            Cidr range = (Cidr) a[0];
            return new Cidr(range.address().masked(range.bits()), range.bits());
        });
        set.member("prefixLength", WHOLE, List.of(CIDR), a -> (long) ((Cidr) a[0]).bits());
        set.global("string", TEXT, List.of(CIDR), a -> ((Cidr) a[0]).address() + "/" + ((Cidr) a[0]).bits());
    }

    private static boolean contains(Cidr outer, Cidr inner) {
        return outer.bits() <= inner.bits() && outer.holds(inner.address());
    }

    private static IpAddress of(Object ip) {
        return ((Ip) ip).address();
    }

    private static IpAddress ip(String text) throws CelEvaluationException {
        return IpAddress.find(text)
                .orElseThrow(() -> FunctionSet.failure(
                        "IP Address \"" + text + "\" parse error during conversion from string: ParseAddr(\"" + text
                                + "\"): unable to parse IP"));
    }

    private static boolean isCidr(String text) {
        int slash = text.indexOf('/');
        return slash > 0
                && text.substring(slash + 1).matches("0|[1-9]\\d{0,2}")
                && IpAddress.find(text.substring(0, slash))
                        .filter(ip -> Integer.parseInt(text.substring(slash + 1)) <= ip.size() * 8)
                        .isPresent();
    }

    private static Cidr cidr(String text) throws CelEvaluationException {
        if (!isCidr(text)) {
            throw FunctionSet.failure(
                    "network address parse error during conversion from string: network address parse error"
                            + " during conversion from string: netip.ParsePrefix(\""
                            + text + "\"): " + (text.indexOf('/') < 0 ? "no '/'" : "bad bits or address"));
        }
        int slash = text.indexOf('/');
        return new Cidr(ip(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }
}
