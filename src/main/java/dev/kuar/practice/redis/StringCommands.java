package dev.kuar.practice.redis;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Texts and numbers: GET, SET and its options, INCR, APPEND, MGET and their like. */
final class StringCommands {
    /** A text is held in memory. */
    private static final int MOST = 64 << 20;

    private StringCommands() {}

    static void addTo(CommandTable table) {
        table.put("get", 2, "", call -> {
            String value = call.text(call.at(1));
            call.server().statistics().looked(value != null);
            return Reply.bulk(value);
        });
        table.put("set", -3, "wm", StringCommands::set);
        table.put("setnx", 3, "wm", call -> {
            if (call.keys().get(call.database(), call.at(1)) != null) {
                return Reply.whole(0);
            }
            call.put(call.at(1), call.at(2));
            return Reply.whole(1);
        });
        table.put("setex", 4, "wm", call -> ending(call, 1000));
        table.put("psetex", 4, "wm", call -> ending(call, 1));
        table.put("getset", 3, "wm", call -> {
            String before = call.text(call.at(1));
            call.put(call.at(1), call.at(2));
            return Reply.bulk(before);
        });
        table.put("getdel", 2, "w", call -> {
            String before = call.text(call.at(1));
            call.remove(call.at(1));
            return Reply.bulk(before);
        });
        table.put("getex", -2, "w", StringCommands::getAndExpire);
        table.put("mget", -2, "", call -> {
            List<@Nullable String> values = new ArrayList<>();
            for (String key : call.from(1)) {
                Object value = call.keys().get(call.database(), key);
                values.add(value instanceof String text ? text : null);
            }
            return Reply.texts(values);
        });
        table.put("mset", -3, "wm", call -> {
            pairs(call);
            return Reply.OK;
        });
        table.put("msetnx", -3, "wm", call -> {
            for (int i = 1; i < call.size(); i += 2) {
                if (call.keys().get(call.database(), call.at(i)) != null) {
                    return Reply.whole(0);
                }
            }
            pairs(call);
            return Reply.whole(1);
        });
        table.put("incr", 2, "wm", call -> add(call, 1));
        table.put("decr", 2, "wm", call -> add(call, -1));
        table.put("incrby", 3, "wm", call -> add(call, call.whole(2)));
        table.put("decrby", 3, "wm", call -> {
            if (call.whole(2) == Long.MIN_VALUE) {
                throw new RedisError("ERR decrement would overflow");
            }
            return add(call, -call.whole(2));
        });
        table.put("incrbyfloat", 3, "wm", call -> {
            String before = call.text(call.at(1));
            double sum = (before == null ? 0 : Call.real(before)) + call.real(2);
            if (Double.isNaN(sum) || Double.isInfinite(sum)) {
                throw new RedisError("ERR increment would produce NaN or Infinity");
            }
            String text = new BigDecimal(before == null ? "0" : before)
                    .add(new BigDecimal(call.at(2)))
                    .stripTrailingZeros()
                    .toPlainString();
            replace(call, call.at(1), text);
            call.propagate("SET", call.at(1), text, "KEEPTTL");
            return Reply.bulk(text);
        });
        table.put("append", 3, "wm", call -> {
            String before = call.text(call.at(1));
            String text = (before == null ? "" : before) + call.at(2);
            if (text.length() > MOST) {
                throw new RedisError("ERR string exceeds maximum allowed size (proto-max-bulk-len)");
            }
            replace(call, call.at(1), text);
            return Reply.whole(text.length());
        });
        table.put("strlen", 2, "", call -> {
            String text = call.text(call.at(1));
            return Reply.whole(text == null ? 0 : text.length());
        });
        table.put("getrange", 4, "", StringCommands::range);
        table.put("substr", 4, "", StringCommands::range);
        table.put("setrange", 4, "wm", StringCommands::setRange);
    }

    /** Puts a text without changing when the key ends. */
    private static void replace(Call call, String key, String text) {
        Keyspace.Entry before = call.keys().entry(call.database(), key);
        call.keys().put(call.database(), key, text).end = before == null ? 0 : before.end;
    }

    private static Reply set(Call call) {
        String key = call.at(1);
        boolean get = false;
        boolean keep = false;
        String condition = "";
        long end = 0;
        for (int i = 3; i < call.size(); i++) {
            String option = call.option(i);
            switch (option) {
                case "GET" -> get = true;
                case "KEEPTTL" -> keep = true;
                case "NX", "XX" -> {
                    if (!condition.isEmpty()) {
                        throw RedisError.syntax();
                    }
                    condition = option;
                }
                case "EX", "PX", "EXAT", "PXAT" -> {
                    if (end != 0 || ++i == call.size()) {
                        throw RedisError.syntax();
                    }
                    end = end(call, option, call.whole(i), "set");
                }
                default -> throw RedisError.syntax();
            }
        }
        if (keep && end != 0) {
            throw RedisError.syntax();
        }
        Keyspace.Entry before = call.keys().entry(call.database(), key);
        String old = get ? call.text(key) : null;
        if (condition.equals("NX") && before != null || condition.equals("XX") && before == null) {
            return get ? Reply.bulk(old) : Reply.NIL;
        }
        call.keys().put(call.database(), key, call.at(2)).end = keep && before != null ? before.end : end;
        if (end != 0) {
            call.propagate("SET", key, call.at(2), "PXAT", Long.toString(end));
        }
        return get ? Reply.bulk(old) : Reply.OK;
    }

    private static long end(Call call, String option, long number, String command) {
        if (number <= 0) {
            throw new RedisError("ERR invalid expire time in '" + command + "' command");
        }
        long millis = option.startsWith("P") ? number : number * 1000;
        return option.endsWith("AT") ? millis : call.keys().now() + millis;
    }

    private static Reply ending(Call call, long unit) {
        String name = call.at(0).toLowerCase(Locale.ROOT);
        long end = end(call, "PX", call.whole(2) * unit, name);
        call.keys().put(call.database(), call.at(1), call.at(3)).end = end;
        call.propagate("SET", call.at(1), call.at(3), "PXAT", Long.toString(end));
        return Reply.OK;
    }

    private static Reply getAndExpire(Call call) {
        String value = call.text(call.at(1));
        Keyspace.Entry entry = call.keys().entry(call.database(), call.at(1));
        if (entry != null && call.size() == 3 && call.option(2).equals("PERSIST")) {
            entry.end = 0;
            call.touch(call.at(1));
        } else if (entry != null && call.size() == 4) {
            entry.end = end(call, call.option(2), call.whole(3), "getex");
            call.touch(call.at(1));
            call.propagate("PEXPIREAT", call.at(1), Long.toString(entry.end));
        } else if (call.size() > 2 && entry != null) {
            throw RedisError.syntax();
        }
        return Reply.bulk(value);
    }

    private static void pairs(Call call) {
        if (call.size() % 2 == 0) {
            throw new RedisError(
                    "ERR wrong number of arguments for '" + call.at(0).toLowerCase(Locale.ROOT) + "' command");
        }
        for (int i = 1; i < call.size(); i += 2) {
            call.put(call.at(i), call.at(i + 1));
        }
    }

    private static Reply add(Call call, long by) {
        String before = call.text(call.at(1));
        long now = before == null ? 0 : Call.whole(before);
        long sum = now + by;
        if (((now ^ sum) & (by ^ sum)) < 0) {
            throw new RedisError("ERR increment or decrement would overflow");
        }
        replace(call, call.at(1), Long.toString(sum));
        return Reply.whole(sum);
    }

    private static Reply range(Call call) {
        String text = call.text(call.at(1));
        if (text == null) {
            return Reply.bulk("");
        }
        int[] bounds = ListCommands.bounds(call.whole(2), call.whole(3), text.length());
        return Reply.bulk(text.substring(bounds[0], bounds[1]));
    }

    private static Reply setRange(Call call) {
        long offset = call.whole(2);
        String text = call.text(call.at(1));
        String old = text == null ? "" : text;
        if (offset < 0) {
            throw new RedisError("ERR offset is out of range");
        }
        if (offset + call.at(3).length() > MOST) {
            throw new RedisError("ERR string exceeds maximum allowed size (proto-max-bulk-len)");
        }
        if (call.at(3).isEmpty()) {
            return Reply.whole(old.length());
        }
        StringBuilder changed = new StringBuilder(old);
        while (changed.length() < offset) {
            changed.append((char) 0);
        }
        int end = (int) Math.min(changed.length(), offset + call.at(3).length());
        changed.replace((int) offset, end, call.at(3));
        replace(call, call.at(1), changed.toString());
        return Reply.whole(changed.length());
    }
}
