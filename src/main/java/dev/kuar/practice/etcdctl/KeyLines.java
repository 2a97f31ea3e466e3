package dev.kuar.practice.etcdctl;

import dev.kuar.practice.etcd.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Command lines of {@code get}, {@code put} and {@code del}, of etcdctl's own or of a transaction, as what they ask for. */
final class KeyLines {
    /** Where a range of all keys begins. */
    private static final String FIRST = "\0";

    private KeyLines() {}

    /** The key, or where all keys begin where flags ask for those that begin with nothing. */
    static String key(Line line) {
        boolean many = line.has("prefix") || line.has("from-key");
        return many && line.word(1).isEmpty() ? FIRST : line.word(1);
    }

    /** The end of the range that words and flags ask for; empty for no end, the key with a NUL for the key alone. */
    static String end(Line line) throws Refusal {
        if (line.has("prefix") && line.has("from-key")) {
            throw Refusal.arguments("`--prefix` and `--from-key` cannot be set at the same time, choose one");
        }
        if (line.size() > 2 && (line.has("prefix") || line.has("from-key"))) {
            throw Refusal.arguments(
                    "too many arguments, only accept one argument when `--prefix` or `--from-key` is set");
        }
        if (line.has("prefix")) {
            return prefixEnd(line.word(1));
        }
        if (line.has("from-key")) {
            return "";
        }
        return line.size() > 2 ? line.word(2) : line.word(1) + "\0";
    }

    private static String prefixEnd(String key) {
        for (int i = key.length() - 1; i >= 0; i--) {
            if (key.charAt(i) < Character.MAX_VALUE) {
                return key.substring(0, i) + (char) (key.charAt(i) + 1);
            }
        }
        return "";
    }

    static Request.Range get(Line line) throws Refusal {
        if (line.size() < 2) {
            throw Refusal.arguments("get command needs one argument as key and an optional argument as range_end");
        }
        String end = end(line);
        String consistency = line.text("consistency", "l");
        if (!consistency.equals("l") && !consistency.equals("s")) {
            throw new Refusal(Refusal.BAD_FEATURE, "unknown consistency flag \"" + consistency + "\"");
        }
        if (line.has("keys-only") && line.has("count-only")) {
            throw Refusal.arguments("`--keys-only` and `--count-only` cannot be set at the same time, choose one");
        }
        if (line.has("count-only") && !line.form().equals("fields")) {
            throw Refusal.arguments("--count-only is only for `--write-out=fields`");
        }
        return new Request.Range(
                key(line),
                end,
                line.number("rev"),
                line.number("limit"),
                order(line.text("order", "")),
                target(line.text("sort-by", "")),
                line.has("keys-only"),
                line.has("count-only"),
                new Request.Bounds(
                        line.number("min-mod-rev"),
                        line.number("max-mod-rev"),
                        line.number("min-create-rev"),
                        line.number("max-create-rev")));
    }

    private static Request.Order order(String text) throws Refusal {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "" -> Request.Order.NONE;
            case "ASCEND" -> Request.Order.ASCEND;
            case "DESCEND" -> Request.Order.DESCEND;
            default -> throw new Refusal(Refusal.BAD_FEATURE, "bad sort order " + text);
        };
    }

    private static Request.Target target(String text) throws Refusal {
        String wanted = text.toUpperCase(Locale.ROOT);
        if (wanted.isEmpty()) {
            return Request.Target.KEY;
        }
        if (!List.of("CREATE", "KEY", "MODIFY", "VALUE", "VERSION").contains(wanted)) {
            throw new Refusal(Refusal.BAD_FEATURE, "bad sort target " + text);
        }
        return Request.Target.valueOf(wanted);
    }

    /** @param input what standard input has, where the line has no value */
    static Request.Put put(Line line, Input input) throws Refusal, java.io.IOException {
        checkPut(line);
        byte[] value = new byte[0];
        if (line.size() > 2) {
            value = line.word(2).getBytes(StandardCharsets.UTF_8);
        } else if (!line.has("ignore-value")) {
            value = input.read();
            if (value.length == 0) {
                throw noValue();
            }
        }
        return new Request.Put(
                line.word(1),
                value,
                lease(line.text("lease", "0")),
                line.has("prev-kv"),
                line.has("ignore-value"),
                line.has("ignore-lease"));
    }

    /** Standard input, read once it is needed. */
    interface Input {
        byte[] read() throws java.io.IOException;
    }

    static void checkPut(Line line) throws Refusal {
        if (line.size() < 2) {
            throw noValue();
        }
        if (line.has("ignore-value") && line.size() > 2) {
            throw Refusal.arguments("put command needs only 1 argument when 'ignore-value' is set");
        }
        lease(line.text("lease", "0"));
    }

    private static Refusal noValue() {
        return Refusal.arguments("put command needs 1 argument and input from stdin or 2 arguments");
    }

    static Request.Delete delete(Line line) throws Refusal {
        if (line.size() < 2 || line.size() > 3) {
            throw Refusal.arguments("del command needs one argument as key and an optional argument as range_end");
        }
        return new Request.Delete(key(line), end(line), line.has("prev-kv"));
    }

    static long lease(String text) throws Refusal {
        return lease(text, "bad lease ID");
    }

    static long lease(String text, String what) throws Refusal {
        try {
            return Long.parseLong(text, 16);
        } catch (NumberFormatException wrong) {
            throw Refusal.arguments(
                    what + " (strconv.ParseInt: parsing \"" + text + "\": invalid syntax), expecting ID in Hex");
        }
    }
}
