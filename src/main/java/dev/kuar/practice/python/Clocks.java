package dev.kuar.practice.python;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The module {@code datetime}, as far as it tells the time, which in containers is UTC. */
final class Clocks {
    private Clocks() {}

    static Module module(Machinery machinery) {
        Module datetime = Module.of("datetime.datetime")
                .function(
                        "now",
                        a -> moment(machinery.host().now(), a.size() + a.named().size() > 0))
                .function("utcnow", a -> moment(machinery.host().now(), false));
        Module zone = Module.of("datetime.timezone").with("utc", "UTC");
        return Module.of("datetime")
                .with("datetime", datetime)
                .with("timezone", zone)
                .with("UTC", "UTC");
    }

    private static Instance moment(Instant at, boolean zone) {
        LocalDateTime time = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        Klass type = new Klass("datetime", "datetime", List.of());
        Instance made = new Instance(type);
        String end = zone ? "+00:00" : "";
        made.attributes().put("year", BigInteger.valueOf(time.getYear()));
        made.attributes().put("month", BigInteger.valueOf(time.getMonthValue()));
        made.attributes().put("day", BigInteger.valueOf(time.getDayOfMonth()));
        made.attributes().put("hour", BigInteger.valueOf(time.getHour()));
        made.attributes().put("minute", BigInteger.valueOf(time.getMinute()));
        made.attributes().put("second", BigInteger.valueOf(time.getSecond()));
        made.attributes().put("timestamp", Callable.of("timestamp", a -> Library.seconds(at)));
        made.attributes().put("isoformat", Callable.of("isoformat", a -> format(at, "%Y-%m-%dT%H:%M:%S.%f") + end));
        made.attributes().put("strftime", Callable.of("strftime", a -> format(at, Values.str(a.first()))));
        type.attributes().put("__str__", Callable.of("__str__", a -> format(at, "%Y-%m-%d %H:%M:%S.%f") + end));
        type.attributes()
                .put(
                        "__format__",
                        Callable.of(
                                "__format__",
                                a -> format(at, Values.str(a.items().get(1)))));
        return made;
    }

    /** As {@code strftime} writes it. */
    static String format(Instant at, String form) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < form.length(); i++) {
            char c = form.charAt(i);
            if (c != '%' || i + 1 == form.length()) {
                text.append(c);
                continue;
            }
            String pattern =
                    switch (form.charAt(++i)) {
                        case 'Y' -> "yyyy";
                        case 'y' -> "yy";
                        case 'm' -> "MM";
                        case 'd' -> "dd";
                        case 'e' -> "ppd";
                        case 'H' -> "HH";
                        case 'I' -> "hh";
                        case 'M' -> "mm";
                        case 'S' -> "ss";
                        case 'f' -> "SSSSSS";
                        case 'p' -> "a";
                        case 'a' -> "EEE";
                        case 'A' -> "EEEE";
                        case 'b' -> "MMM";
                        case 'B' -> "MMMM";
                        case 'j' -> "DDD";
                        case 'F' -> "yyyy-MM-dd";
                        case 'T' -> "HH:mm:ss";
                        case 'c' -> "EEE MMM ppd HH:mm:ss yyyy";
                        case 'Z' -> "'UTC'";
                        case 'z' -> "'+0000'";
                        case '%' -> "'%'";
                        case 's' -> "'" + at.getEpochSecond() + "'";
                        default -> "'%" + form.charAt(i) + "'";
                    };
            text.append(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC)
                    .format(at));
        }
        return text.toString();
    }
}
