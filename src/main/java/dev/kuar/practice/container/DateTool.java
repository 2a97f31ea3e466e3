package dev.kuar.practice.container;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code date}: what time it is, or another, in any form. The clock is nobody's to set. */
final class DateTool {
    private DateTool() {}

    static void addTo(Map<String, Tool> tools) {
        Map<String, Character> names = Map.of(
                "date",
                'd',
                "utc",
                'u',
                "universal",
                'u',
                "reference",
                'r',
                "rfc-email",
                'R',
                "rfc-2822",
                'R',
                "iso-8601",
                'I',
                "rfc-3339",
                '3',
                "set",
                's',
                "file",
                'f');
        Tool gnu = Options.tool("d:r:RI;us:f:3:", names, 1, DateTool::run);
        Tool busybox = Options.tool(
                "d:r:RI;us:D:", Map.of("date", 'd', "utc", 'u', "reference", 'r', "set", 's'), 1, DateTool::run);
        tools.put("date", task -> (Options.gnu(task) ? gnu : busybox).run(task));
    }

    private static int run(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        List<String> words = new ArrayList<>(options.operands());
        if (words.size() > 1) {
            return Options.tooFew(task, 1, "extra operand '" + words.get(1) + "'", "[OPTIONS] [+FMT] [[-s] TIME]");
        }
        boolean named = task.env("TZ").contains("/");
        ZoneId zone = options.has('u') || named && !gnu ? ZoneOffset.UTC : zone(task.env("TZ"));
        if (options.has('I') && !options.value('I', "").matches("|date|hours?|h|minutes?|m|seconds?|s|ns")) {
            String complaint =
                    "invalid argument '" + options.value('I', "") + "' for '--iso-8601'\nValid arguments are:"
                            + "\n  - 'hours'\n  - 'minutes'\n  - 'date'\n  - 'seconds'\n  - 'ns'";
            return Options.tooFew(task, 1, complaint, "[OPTIONS] [+FMT] [[-s] TIME]");
        }
        Instant now = task.container().clock().now();
        Instant when = now;
        boolean other = options.has('d') || options.has('s');
        if (other || !words.isEmpty() && !words.get(0).startsWith("+")) {
            String text = options.has('d')
                    ? options.value('d', "")
                    : options.has('s') ? options.value('s', "") : words.get(0);
            Optional<Instant> parsed = options.has('D')
                    ? DateWords.inForm(text, options.value('D', ""), now.atZone(zone))
                    : other
                            ? DateWords.parse(text, now.atZone(zone), gnu)
                            : DateWords.stamp(text, now.atZone(zone), true);
            if (parsed.isEmpty()) {
                return task.fail(1, "invalid date '" + text + "'");
            }
            when = parsed.get();
        }
        if (options.has('r')) {
            String file = options.value('r', "");
            if (gnu && file.matches("@-?\\d+")) {
                when = Instant.ofEpochSecond(Long.parseLong(file.substring(1)));
            } else {
                try {
                    when = Instant.ofEpochMilli(task.files().stat(file).modified());
                } catch (FileError e) {
                    return task.fail(1, gnu ? file + ": " + e.words() : "can't stat '" + file + "': " + e.words());
                }
            }
        }
        boolean sets = options.has('s') || !words.isEmpty() && !words.get(0).startsWith("+");
        int code = sets ? task.fail(1, (gnu ? "cannot set date" : "can't set date") + ": Operation not permitted") : 0;
        String format =
                !words.isEmpty() && words.get(0).startsWith("+") ? words.get(0).substring(1) : form(options);
        if (format.isEmpty() && words.isEmpty()) {
            format = "%a %b %e %H:%M:%S %Z %Y";
        } else if (format.isEmpty() && sets) {
            format = "%a %b %e %H:%M:%S %Z %Y";
        }
        ZonedDateTime shown = when.atZone(zone);
        task.println(DateFormat.of(format, shown, gnu || options.has('I')));
        return code;
    }

    private static String form(Options options) {
        if (options.has('R')) {
            return "%a, %d %b %Y %H:%M:%S %z";
        }
        String gap = options.has('3') ? " " : "T";
        String kind = options.has('3') ? options.value('3', "") : options.has('I') ? options.value('I', "") : "none";
        return switch (kind) {
            case "", "date" -> "%Y-%m-%d";
            case "hours", "hour", "h" -> "%Y-%m-%d" + gap + "%H%:z";
            case "minutes", "minute", "m" -> "%Y-%m-%d" + gap + "%H:%M%:z";
            case "seconds", "second", "s" -> "%Y-%m-%d" + gap + "%H:%M:%S%:z";
            case "ns" -> "%Y-%m-%d" + gap + "%H:%M:%S" + (options.has('3') ? "." : ",") + "%N%:z";
            default -> "";
        };
    }

    private static ZoneId zone(String name) {
        try {
            return name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }
}
