package dev.kuar.practice.redis;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hashes: fields with values under one key. */
final class HashCommands {
    private HashCommands() {}

    static void addTo(CommandTable table) {
        table.put("hset", -4, "wm", call -> Reply.whole(set(call)));
        table.put("hmset", -4, "wm", call -> {
            set(call);
            return Reply.OK;
        });
        table.put("hsetnx", 4, "wm", call -> {
            Map<String, String> hash = call.orNew(call.hash(call.at(1)), call.at(1), LinkedHashMap::new);
            boolean fresh = hash.putIfAbsent(call.at(2), call.at(3)) == null;
            if (fresh) {
                call.touch(call.at(1));
            }
            return Reply.flag(fresh);
        });
        table.put("hget", 3, "", call -> Reply.bulk(of(call).get(call.at(2))));
        table.put("hmget", -3, "", call -> {
            Map<String, String> hash = of(call);
            List<@Nullable String> values = new ArrayList<>();
            call.from(2).forEach(field -> values.add(hash.get(field)));
            return Reply.texts(values);
        });
        table.put("hgetall", 2, "", call -> {
            List<String> all = new ArrayList<>();
            of(call).forEach((field, value) -> all.addAll(List.of(field, value)));
            return Reply.texts(all);
        });
        table.put("hkeys", 2, "", call -> Reply.texts(of(call).keySet()));
        table.put("hvals", 2, "", call -> Reply.texts(of(call).values()));
        table.put("hlen", 2, "", call -> Reply.whole(of(call).size()));
        table.put("hexists", 3, "", call -> Reply.flag(of(call).containsKey(call.at(2))));
        table.put(
                "hstrlen",
                3,
                "",
                call -> Reply.whole(of(call).getOrDefault(call.at(2), "").length()));
        table.put("hdel", -3, "w", call -> {
            Map<String, String> hash = of(call);
            long removed = call.from(2).stream()
                    .filter(field -> hash.containsKey(field) && hash.remove(field) != null)
                    .count();
            if (removed > 0) {
                call.touch(call.at(1));
            }
            return Reply.whole(removed);
        });
        table.put("hincrby", 4, "wm", HashCommands::add);
        table.put("hincrbyfloat", 4, "wm", call -> {
            Map<String, String> hash = call.orNew(call.hash(call.at(1)), call.at(1), LinkedHashMap::new);
            String before = hash.getOrDefault(call.at(2), "0");
            Call.real(before);
            call.real(3);
            String sum = new BigDecimal(before)
                    .add(new BigDecimal(call.at(3)))
                    .stripTrailingZeros()
                    .toPlainString();
            hash.put(call.at(2), sum);
            call.touch(call.at(1));
            call.propagate("HSET", call.at(1), call.at(2), sum);
            return Reply.bulk(sum);
        });
        table.put("hscan", -3, "", HashCommands::scan);
    }

    /** An empty one where there is none. */
    private static Map<String, String> of(Call call) {
        Map<String, String> found = call.hash(call.at(1));
        return found == null ? Map.of() : found;
    }

    private static long set(Call call) {
        if (call.size() % 2 != 0) {
            throw new RedisError(
                    "ERR wrong number of arguments for '" + call.at(0).toLowerCase(Locale.ROOT) + "' command");
        }
        Map<String, String> hash = call.orNew(call.hash(call.at(1)), call.at(1), LinkedHashMap::new);
        long fresh = 0;
        for (int i = 2; i < call.size(); i += 2) {
            fresh += hash.put(call.at(i), call.at(i + 1)) == null ? 1 : 0;
        }
        call.touch(call.at(1));
        return fresh;
    }

    private static Reply add(Call call) {
        long by = call.whole(3);
        String before = of(call).getOrDefault(call.at(2), "0");
        if (!before.matches("-?\\d{1,18}")) {
            throw new RedisError("ERR hash value is not an integer");
        }
        long sum = Long.parseLong(before) + by;
        Map<String, String> hash = call.orNew(call.hash(call.at(1)), call.at(1), LinkedHashMap::new);
        hash.put(call.at(2), Long.toString(sum));
        call.touch(call.at(1));
        return Reply.whole(sum);
    }

    private static Reply scan(Call call) {
        Map<String, String> hash = of(call);
        Reply.Many page = (Reply.Many) KeyCommands.scan(call, 3, hash.keySet().stream(), false);
        List<Reply> items = page.items() == null ? List.of() : page.items();
        List<Reply> pairs = new ArrayList<>();
        if (items.get(1) instanceof Reply.Many names && names.items() != null) {
            for (Reply name : names.items()) {
                pairs.add(name);
                pairs.add(Reply.bulk(
                        name instanceof Reply.Bulk bulk && bulk.text() != null ? hash.get(bulk.text()) : ""));
            }
        }
        return Reply.many(items.get(0), new Reply.Many(pairs));
    }
}
