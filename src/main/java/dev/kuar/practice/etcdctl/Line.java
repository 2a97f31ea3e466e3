package dev.kuar.practice.etcdctl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A command line taken apart as pflag does it: words and flags in any order, {@code --} ends the flags. */
final class Line {
    private static final Set<String> VALUES = Set.of(
            "endpoints",
            "cacert",
            "cert",
            "key",
            "write-out",
            "rev",
            "limit",
            "sort-by",
            "order",
            "command-timeout",
            "dial-timeout",
            "keepalive-time",
            "keepalive-timeout",
            "user",
            "password",
            "consistency",
            "lease",
            "min-mod-rev",
            "max-mod-rev",
            "min-create-rev",
            "max-create-rev",
            "peer-urls",
            "discovery-srv",
            "discovery-srv-name",
            "max-recv-bytes",
            "max-request-bytes",
            "load");
    private static final Set<String> NUMBERS =
            Set.of("rev", "limit", "min-mod-rev", "max-mod-rev", "min-create-rev", "max-create-rev");
    private static final Set<String> SWITCHES = Set.of(
            "prefix",
            "keys-only",
            "from-key",
            "print-value-only",
            "count-only",
            "prev-kv",
            "help",
            "hex",
            "debug",
            "insecure-transport",
            "insecure-skip-tls-verify",
            "insecure-discovery",
            "cluster",
            "interactive",
            "ignore-value",
            "ignore-lease",
            "range",
            "progress-notify",
            "physical",
            "keys",
            "once");
    private static final Map<Character, String> SHORT =
            Map.of('w', "write-out", 'h', "help", 'i', "interactive", 'd', "discovery-srv");

    private final List<String> words = new ArrayList<>();
    private final Map<String, String> flags = new LinkedHashMap<>();

    static Line of(List<String> arguments) throws Refusal {
        Line line = new Line();
        boolean plain = false;
        for (int i = 0; i < arguments.size(); i++) {
            String arg = arguments.get(i);
            if (plain || !arg.startsWith("-") || arg.equals("-")) {
                line.words.add(arg);
            } else if (arg.equals("--")) {
                plain = true;
            } else {
                i += line.flag(arg, i + 1 < arguments.size() ? arguments.get(i + 1) : null);
            }
        }
        return line;
    }

    /** Takes a flag; 1 where its value was the next word. */
    private int flag(String arg, @Nullable String next) throws Refusal {
        String name;
        String value = null;
        if (arg.startsWith("--")) {
            int equals = arg.indexOf('=');
            name = equals < 0 ? arg.substring(2) : arg.substring(2, equals);
            value = equals < 0 ? null : arg.substring(equals + 1);
            if (!VALUES.contains(name) && !SWITCHES.contains(name)) {
                throw Refusal.usage("unknown flag: --" + name);
            }
        } else {
            char letter = arg.charAt(1);
            String known = SHORT.get(letter);
            if (known == null) {
                throw Refusal.usage("unknown shorthand flag: '" + letter + "' in " + arg);
            }
            name = known;
            if (arg.length() > 2) {
                value = arg.substring(2).replaceFirst("^=", "");
            }
        }
        if (SWITCHES.contains(name)) {
            flags.put(name, value == null ? "true" : value);
            return 0;
        }
        boolean took = value == null;
        if (took) {
            value = next;
        }
        if (value == null) {
            throw Refusal.usage(
                    "flag needs an argument: " + (arg.startsWith("--") ? arg : "'" + arg.charAt(1) + "' in " + arg));
        }
        if (NUMBERS.contains(name) && !value.matches("[-+]?\\d{1,18}")) {
            throw Refusal.usage("invalid argument \"" + value + "\" for \"--" + name
                    + "\" flag: strconv.ParseInt: parsing \"" + value + "\": invalid syntax");
        }
        flags.put(name, value);
        return took ? 1 : 0;
    }

    /** Variables {@code ETCDCTL_…} stand for flags that are not given. */
    void fill(Map<String, String> env) {
        for (String name : VALUES) {
            String value = env.get("ETCDCTL_" + name.toUpperCase(Locale.ROOT).replace('-', '_'));
            if (value != null && !value.isEmpty()) {
                flags.putIfAbsent(name, value);
            }
        }
    }

    static boolean knows(String variable) {
        String name =
                variable.substring("ETCDCTL_".length()).toLowerCase(Locale.ROOT).replace('_', '-');
        return VALUES.contains(name)
                || SWITCHES.contains(name)
                || name.equals("watch-key")
                || name.equals("watch-range-end");
    }

    String word(int at) {
        return at < words.size() ? words.get(at) : "";
    }

    /** The words behind the command's own. */
    List<String> after(int count) {
        return words.subList(Math.min(count, words.size()), words.size());
    }

    int size() {
        return words.size();
    }

    boolean has(String flag) {
        String value = flags.get(flag);
        return value != null && !value.equals("false") && !value.isEmpty();
    }

    String text(String flag, String otherwise) {
        return flags.getOrDefault(flag, otherwise);
    }

    long number(String flag) {
        return Long.parseLong(flags.getOrDefault(flag, "0"));
    }

    boolean hex() {
        return has("hex");
    }

    String form() {
        return text("write-out", "simple");
    }

    List<String> endpoints() {
        return List.of(text("endpoints", "127.0.0.1:2379").split(","));
    }
}
