package dev.kuar.practice.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keys whatever they hold: DEL, EXISTS, EXPIRE, TTL, KEYS, SCAN, TYPE, RENAME and their like. */
final class KeyCommands {
    private static final Random RANDOM = new Random();

    private KeyCommands() {}

    static void addTo(CommandTable table) {
        table.put("del", -2, "w", KeyCommands::delete);
        table.put("unlink", -2, "w", KeyCommands::delete);
        table.put("exists", -2, "", call -> Reply.whole(count(call)));
        table.put("touch", -2, "", call -> Reply.whole(count(call)));
        table.put(
                "type",
                2,
                "",
                call -> new Reply.Status(Keyspace.type(call.keys().get(call.database(), call.at(1)))));
        table.put(
                "keys",
                2,
                "",
                call -> Reply.texts(call.keys().keys(call.database()).stream()
                        .filter(key -> Glob.matches(call.at(1), key))
                        .toList()));
        table.put("scan", -2, "", call -> scan(call, 2, call.keys().keys(call.database()).stream(), true));
        table.put("randomkey", 1, "", call -> {
            List<String> keys = call.keys().keys(call.database());
            return keys.isEmpty() ? Reply.NIL : Reply.bulk(keys.get(RANDOM.nextInt(keys.size())));
        });
        table.put("rename", 3, "w", call -> rename(call, true));
        table.put("renamenx", 3, "w", call -> rename(call, false));
        table.put("copy", -3, "wm", KeyCommands::copy);
        table.put("move", 3, "w", KeyCommands::move);
        table.put("expire", -3, "w", call -> expire(call, 1000, true));
        table.put("pexpire", -3, "w", call -> expire(call, 1, true));
        table.put("expireat", -3, "w", call -> expire(call, 1000, false));
        table.put("pexpireat", -3, "w", call -> expire(call, 1, false));
        table.put("ttl", 2, "", call -> left(call, 1000, true));
        table.put("pttl", 2, "", call -> left(call, 1, true));
        table.put("expiretime", 2, "", call -> left(call, 1000, false));
        table.put("pexpiretime", 2, "", call -> left(call, 1, false));
        table.put("persist", 2, "w", call -> {
            Keyspace.Entry entry = call.keys().entry(call.database(), call.at(1));
            if (entry == null || entry.end == 0) {
                return Reply.whole(0);
            }
            entry.end = 0;
            call.touch(call.at(1));
            return Reply.whole(1);
        });
        table.put(
                "dbsize",
                1,
                "",
                call -> Reply.whole(call.keys().keys(call.database()).size()));
        table.put("flushdb", -1, "w", call -> {
            call.keys().clear(call.database());
            return Reply.OK;
        });
        table.put("flushall", -1, "w", call -> {
            for (int i = 0; i < call.keys().count(); i++) {
                call.keys().clear(i);
            }
            return Reply.OK;
        });
        table.put("swapdb", 3, "w", call -> {
            call.keys().swap((int) call.whole(1), (int) call.whole(2));
            return Reply.OK;
        });
        table.putParts("object", "", "encoding refcount idletime freq", KeyCommands::object);
    }

    private static Reply delete(Call call) {
        return Reply.whole(call.from(1).stream().filter(call::remove).count());
    }

    private static long count(Call call) {
        return call.from(1).stream()
                .filter(key -> call.keys().get(call.database(), key) != null)
                .count();
    }

    /** Pages through items: the cursor is how many were seen. */
    static Reply scan(Call call, int from, Stream<String> all, boolean keys) {
        if (!call.at(from - 1).matches("\\d{1,18}")) {
            throw new RedisError("ERR invalid cursor");
        }
        long start = Long.parseLong(call.at(from - 1));
        long count = 10;
        String pattern = "*";
        String type = "";
        for (int i = from; i < call.size(); i += 2) {
            if (i + 1 == call.size()) {
                throw RedisError.syntax();
            }
            switch (call.option(i)) {
                case "MATCH" -> pattern = call.at(i + 1);
                case "COUNT" -> count = call.whole(i + 1);
                case "TYPE" -> type = call.at(i + 1).toLowerCase(Locale.ROOT);
                default -> throw RedisError.syntax();
            }
        }
        if (count < 1) {
            throw RedisError.syntax();
        }
        List<String> items = all.toList();
        List<String> page = new ArrayList<>();
        long end = Math.min(items.size(), start + count);
        for (long i = start; i < end; i++) {
            String key = items.get((int) i);
            if (Glob.matches(pattern, key)
                    && (!keys
                            || type.isEmpty()
                            || type.equals(Keyspace.type(call.keys().get(call.database(), key))))) {
                page.add(key);
            }
        }
        return Reply.many(Reply.bulk(end >= items.size() ? "0" : Long.toString(end)), Reply.texts(page));
    }

    private static Reply rename(Call call, boolean over) {
        Keyspace.Entry entry = call.keys().entry(call.database(), call.at(1));
        if (entry == null) {
            throw new RedisError("ERR no such key");
        }
        if (!over && call.keys().get(call.database(), call.at(2)) != null) {
            return Reply.whole(0);
        }
        call.remove(call.at(1));
        call.keys().put(call.database(), call.at(2), entry.value).end = entry.end;
        return over ? Reply.OK : Reply.whole(1);
    }

    private static Reply copy(Call call) {
        Keyspace.Entry entry = call.keys().entry(call.database(), call.at(1));
        boolean replace = call.size() > 3 && call.option(call.size() - 1).equals("REPLACE");
        if (entry == null || !replace && call.keys().get(call.database(), call.at(2)) != null) {
            return Reply.whole(0);
        }
        call.keys().put(call.database(), call.at(2), Copies.of(entry.value)).end = entry.end;
        return Reply.whole(1);
    }

    private static Reply move(Call call) {
        int to = (int) call.whole(2);
        if (to < 0 || to >= call.keys().count()) {
            throw new RedisError("ERR DB index is out of range");
        }
        if (to == call.database()) {
            throw new RedisError("ERR source and destination objects are the same");
        }
        Keyspace.Entry entry = call.keys().entry(call.database(), call.at(1));
        if (entry == null || call.keys().get(to, call.at(1)) != null) {
            return Reply.whole(0);
        }
        call.remove(call.at(1));
        call.keys().put(to, call.at(1), entry.value).end = entry.end;
        return Reply.whole(1);
    }

    private static Reply expire(Call call, long unit, boolean relative) {
        long given = call.whole(2);
        long end = given * unit + (relative ? call.keys().now() : 0);
        Keyspace.Entry entry = call.keys().entry(call.database(), call.at(1));
        if (entry == null) {
            return Reply.whole(0);
        }
        for (String option : call.from(3)) {
            boolean fits =
                    switch (option.toUpperCase(Locale.ROOT)) {
                        case "NX" -> entry.end == 0;
                        case "XX" -> entry.end > 0;
                        case "GT" -> entry.end > 0 && end > entry.end;
                        case "LT" -> entry.end == 0 || end < entry.end;
                        default -> throw new RedisError("ERR Unsupported option " + option);
                    };
            if (!fits) {
                return Reply.whole(0);
            }
        }
        if (end <= call.keys().now()) {
            call.remove(call.at(1));
            call.propagate("DEL", call.at(1));
            return Reply.whole(1);
        }
        entry.end = end;
        call.touch(call.at(1));
        call.propagate("PEXPIREAT", call.at(1), Long.toString(end));
        return Reply.whole(1);
    }

    private static Reply left(Call call, long unit, boolean relative) {
        Keyspace.Entry entry = call.keys().entry(call.database(), call.at(1));
        if (entry == null) {
            return Reply.whole(-2);
        }
        if (entry.end == 0) {
            return Reply.whole(-1);
        }
        long value = relative ? entry.end - call.keys().now() : entry.end;
        return Reply.whole(relative ? (value + unit / 2) / unit : value / unit);
    }

    private static Reply object(Call call) {
        Object value = call.size() > 2 ? call.keys().get(call.database(), call.at(2)) : null;
        if (call.size() > 2 && value == null) {
            return Reply.NIL;
        }
        return switch (call.option(1)) {
            case "ENCODING" -> Reply.bulk(encoding(value));
            case "REFCOUNT" -> Reply.whole(1);
            case "IDLETIME", "FREQ" -> Reply.whole(0);
            default -> Reply.texts(List.of("OBJECT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:"));
        };
    }

    private static String encoding(@Nullable Object value) {
        if (value instanceof String text) {
            return text.matches("-?\\d{1,18}") ? "int" : text.length() <= 44 ? "embstr" : "raw";
        }
        boolean small = value instanceof java.util.Collection<?> many && many.size() <= 128
                || value instanceof java.util.Map<?, ?> map && map.size() <= 128
                || value instanceof SortedMembers sorted && sorted.size() <= 128;
        return switch (Keyspace.type(value)) {
            case "list" -> small ? "listpack" : "quicklist";
            case "zset" -> small ? "listpack" : "skiplist";
            default -> small ? "listpack" : "hashtable";
        };
    }
}
