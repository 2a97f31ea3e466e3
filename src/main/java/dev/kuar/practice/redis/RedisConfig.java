package dev.kuar.practice.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parameters of a server, from its defaults, its file and its arguments. Guarded by the server's lock. */
final class RedisConfig {
    private static final String POLICIES = "volatile-lru, volatile-lfu, volatile-random, volatile-ttl, allkeys-lru,"
            + " allkeys-lfu, allkeys-random, noeviction";

    private static final Map<String, String> CHOICES = Map.of(
            "maxmemory-policy", POLICIES,
            "appendfsync", "everysec, always, no",
            "loglevel", "debug, verbose, notice, warning, nothing");

    private final Map<String, String> values = new TreeMap<>();
    private final Set<String> fixed = new HashSet<>();
    private String file = "";

    RedisConfig() {
        try (InputStream in = RedisConfig.class.getResourceAsStream("/practice/redis/config.txt")) {
            if (in == null) {
                throw new IllegalStateException("the parameters of redis are not there");
            }
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        String[] words = line.split(" ", 2);
                        String name = words[0].startsWith("!") ? words[0].substring(1) : words[0];
                        if (words[0].startsWith("!")) {
                            fixed.add(name);
                        }
                        values.put(name, words.length > 1 ? words[1] : "");
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        fixed.add("port");
        fixed.add("replicaof");
    }

    /** A parameter that is wrong, and in which line of which text. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(int line, String text, String why) {
            super("Reading the configuration file, at line " + line + "\n>>> '" + text + "'\n" + why);
        }
    }

    /** The path that was read; empty for none. */
    String file() {
        return file;
    }

    String text(String name) {
        return values.getOrDefault(name, "");
    }

    long number(String name) {
        String text = text(name);
        return text.matches("-?\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    boolean flag(String name) {
        return text(name).equals("yes");
    }

    void put(String name, String value) {
        values.put(name, value);
    }

    /** Names with values of the parameters that fit a pattern, in the order of names. */
    Map<String, String> matching(String pattern) {
        Map<String, String> found = new TreeMap<>();
        String lower = pattern.toLowerCase(Locale.ROOT);
        values.forEach((name, value) -> {
            if (Glob.matches(lower, name)) {
                found.put(name, value);
            }
            String old = name.replace("replica", "slave");
            if (!old.equals(name) && Glob.matches(lower, old)) {
                found.put(old, value);
            }
        });
        return found;
    }

    /** Reads arguments as redis-server does: perhaps a file, then {@code --name value}. */
    void read(List<String> args, RedisHost host) throws Wrong, IOException {
        List<String> rest = args;
        StringBuilder text = new StringBuilder();
        if (!rest.isEmpty() && !rest.get(0).startsWith("-")) {
            file = rest.get(0).startsWith("/") ? rest.get(0) : host.directory() + "/" + rest.get(0);
            byte[] read = host.read(file).orElseThrow(() -> new IOException(args.get(0)));
            text.append(new String(read, StandardCharsets.ISO_8859_1)).append('\n');
            rest = rest.subList(1, rest.size());
        }
        for (String word : rest) {
            if (word.startsWith("--")) {
                text.append('\n').append(word.substring(2));
            } else if (!word.equals("-")) {
                text.append(' ').append(word.isEmpty() || word.contains(" ") ? "\"" + word + "\"" : word);
            }
        }
        readLines(text.toString(), host);
    }

    private void readLines(String text, RedisHost host) throws Wrong {
        boolean saved = false;
        int number = 0;
        for (String line : text.split("\n")) {
            number++;
            String clean = line.strip();
            if (clean.isEmpty() || clean.startsWith("#")) {
                continue;
            }
            List<String> words = Words.split(clean);
            if (words == null || words.isEmpty()) {
                throw new Wrong(number, clean, "Unbalanced quotes in configuration line");
            }
            String name = words.get(0).toLowerCase(Locale.ROOT);
            String value = String.join(" ", words.subList(1, words.size()));
            if (name.equals("include")) {
                byte[] more = host.read(value).orElse(new byte[0]);
                readLines(new String(more, StandardCharsets.ISO_8859_1), host);
            } else if (name.equals("save") && saved && !value.isEmpty()) {
                values.merge("save", value, (before, more) -> (before + " " + more).strip());
            } else {
                saved |= name.equals("save");
                String why = set(name, value, words.size() > 1);
                if (why != null) {
                    throw new Wrong(number, clean, why);
                }
            }
        }
    }

    private @Nullable String set(String given, String value, boolean hasValue) {
        String name = known(given);
        if (given.equals("user") || given.equals("loadmodule") || given.equals("rename-command")) {
            return null;
        }
        if (!values.containsKey(name) || !hasValue) {
            return "Bad directive or wrong number of arguments";
        }
        String checked = check(name, value);
        return checked.startsWith("!") ? checked.substring(1) : keep(name, checked.substring(1));
    }

    private @Nullable String keep(String name, String value) {
        values.put(name, value);
        return null;
    }

    static String known(String given) {
        String lower = given.toLowerCase(Locale.ROOT);
        return lower.equals("slaveof") ? "replicaof" : lower.replace("slave", "replica");
    }

    /** As CONFIG SET does it. */
    void change(String given, String value) {
        String name = known(given);
        if (!values.containsKey(name)) {
            throw new RedisError("ERR Unknown option or number of arguments for CONFIG SET - '" + given + "'");
        }
        if (fixed.contains(name)) {
            throw failed(given, "can't set immutable config");
        }
        String checked = check(name, value);
        if (checked.startsWith("!")) {
            throw failed(given, checked.substring(1));
        }
        values.put(name, checked.substring(1));
    }

    private static RedisError failed(String name, String why) {
        return new RedisError("ERR CONFIG SET failed (possibly related to argument '" + name + "') - " + why);
    }

    /** An equals sign and the value as it is kept, or an exclamation mark and what is wrong with it. */
    private String check(String name, String value) {
        String now = text(name);
        String choice = CHOICES.get(name);
        if (choice != null) {
            return List.of(choice.split(", ")).contains(value.toLowerCase(Locale.ROOT))
                    ? "=" + value.toLowerCase(Locale.ROOT)
                    : "!argument(s) must be one of the following: " + choice;
        }
        if (now.equals("yes") || now.equals("no")) {
            String lower = value.toLowerCase(Locale.ROOT);
            return lower.equals("yes") || lower.equals("no") ? "=" + lower : "!argument must be 'yes' or 'no'";
        }
        if (name.equals("maxmemory") || name.endsWith("-size") && now.matches("\\d+")) {
            long bytes = bytes(value);
            return bytes < 0 ? "!argument must be a memory value" : "=" + bytes;
        }
        if (now.matches("-?\\d+") && !name.equals("save")) {
            return value.matches("-?\\d{1,18}") ? "=" + value : "!argument couldn't be parsed into an integer";
        }
        if (name.equals("save") && !value.isEmpty() && !value.matches("\\d+ \\d+( \\d+ \\d+)*")) {
            return "!Invalid save parameters";
        }
        return "=" + value;
    }

    private static long bytes(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String digits = lower.replaceFirst("[a-z]+$", "");
        if (!digits.matches("\\d{1,15}")) {
            return -1;
        }
        long unit =
                switch (lower.substring(digits.length())) {
                    case "", "b" -> 1;
                    case "k" -> 1000;
                    case "kb" -> 1 << 10;
                    case "m" -> 1_000_000;
                    case "mb" -> 1 << 20;
                    case "g" -> 1_000_000_000;
                    case "gb" -> 1 << 30;
                    default -> -1;
                };
        return unit < 0 ? -1 : Long.parseLong(digits) * unit;
    }

    /** After how many seconds with how many changes the data are saved. */
    List<long[]> savePoints() {
        List<long[]> points = new ArrayList<>();
        String[] words = text("save").strip().split("\\s+");
        for (int i = 0; i + 1 < words.length; i += 2) {
            points.add(new long[] {Long.parseLong(words[i]), Long.parseLong(words[i + 1])});
        }
        return points;
    }

    /** The parameters as a file has them, for CONFIG REWRITE. */
    String rewritten(String before) {
        StringBuilder text = new StringBuilder();
        RedisConfig plain = new RedisConfig();
        Set<String> done = new HashSet<>();
        for (String line : before.split("\n")) {
            String name = known(line.strip().split("\\s+")[0]);
            if (!values.containsKey(name)) {
                text.append(line).append('\n');
            } else if (done.add(name)) {
                text.append(line(name)).append('\n');
            }
        }
        values.forEach((name, value) -> {
            if (done.add(name) && !value.equals(plain.text(name))) {
                text.append(line(name)).append('\n');
            }
        });
        return text.toString();
    }

    private String line(String name) {
        String value = text(name);
        return name + " " + (value.isEmpty() || name.equals("dir") ? "\"" + value + "\"" : value);
    }
}
