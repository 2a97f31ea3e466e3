package dev.kuar.practice.schema;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The formats of texts that custom resources are held to; any other says nothing. */
final class Formats {
    private static final Pattern MOMENT = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})[Tt]([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d+)?([Zz]|[+-]\\d{2}:?\\d{2})");
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

    private static final Map<String, Predicate<String>> ALL = Map.ofEntries(
            Map.entry("datetime", Formats::isMoment),
            Map.entry("date", Formats::isDate),
            Map.entry(
                    "duration",
                    matching("[-+]?((\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+|0|"
                            + "\\d+\\s*(ns|nanos?|nanoseconds?|us|µs|μs|micros?|microseconds?|ms|millis?|milliseconds?|"
                            + "s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|wks?)")),
            Map.entry(
                    "ipv4",
                    text -> text.matches("[0-9.]+") && IpAddress.find(text).isPresent()),
            Map.entry("ipv6", text -> text.contains(":") && IpAddress.find(text).isPresent()),
            Map.entry("cidr", Formats::isNetwork),
            Map.entry(
                    "mac",
                    matching("([0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5,})|([0-9a-fA-F]{4}(\\.[0-9a-fA-F]{4}){2,})")),
            Map.entry("uuid", uuid("[0-9a-f]{4}", "[0-9a-f]{4}")),
            Map.entry("uuid3", uuid("3[0-9a-f]{3}", "[0-9a-f]{4}")),
            Map.entry("uuid4", uuid("4[0-9a-f]{3}", "[89ab][0-9a-f]{3}")),
            Map.entry("uuid5", uuid("5[0-9a-f]{3}", "[89ab][0-9a-f]{3}")),
            Map.entry("uri", matching("[a-zA-Z][a-zA-Z0-9+.-]*:[^\\s#]+|/[^\\s#]*")),
            Map.entry("email", matching("[^\\s@<>]+@[^\\s@<>]+|.*<[^\\s@<>]+@[^\\s@<>]+>")),
            Map.entry(
                    "hostname",
                    matching("(?=.{1,255}$)[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?"
                            + "(\\.[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)*\\.?")),
            Map.entry("byte", Formats::isBase64),
            Map.entry("hexcolor", matching("#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")),
            Map.entry("bsonobjectid", matching("[0-9a-fA-F]{24}")),
            Map.entry("ssn", matching("\\d{3}[- ]?\\d{2}[- ]?\\d{4}")),
            Map.entry("k8sshortname", matching("(?=.{1,63}$)" + LABEL)),
            Map.entry("k8slongname", matching("(?=.{1,253}$)" + LABEL + "(\\." + LABEL + ")*")));

    private Formats() {}

    /** Whether {@code text} has a format; dashes in its name don't matter. */
    static boolean fits(String format, String text) {
        Predicate<String> check = ALL.get(format.replace("-", ""));
        return check == null || check.test(text);
    }

    private static Predicate<String> matching(String regex) {
        return Pattern.compile(regex).asMatchPredicate();
    }

    private static Predicate<String> uuid(String third, String fourth) {
        return matching("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?" + third + "-?" + fourth + "-?[0-9a-f]{12}");
    }

    private static boolean isMoment(String text) {
        return MOMENT.matcher(text).matches() && isDate(text.substring(0, 10));
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException none) {
            return false;
        }
    }

    private static boolean isNetwork(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
            return false;
        }
        int bits = Integer.parseInt(text.substring(slash + 1));
        return IpAddress.find(text.substring(0, slash))
                .filter(address -> bits <= address.size() * 8)
                .isPresent();
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
