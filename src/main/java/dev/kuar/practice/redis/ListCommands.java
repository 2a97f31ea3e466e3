package dev.kuar.practice.redis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lists, and waiting for their elements. */
final class ListCommands {
    private ListCommands() {}

    static void addTo(CommandTable table) {
        table.put("lpush", -3, "wm", call -> push(call, true, true));
        table.put("rpush", -3, "wm", call -> push(call, false, true));
        table.put("lpushx", -3, "wm", call -> push(call, true, false));
        table.put("rpushx", -3, "wm", call -> push(call, false, false));
        table.put("lpop", -2, "w", call -> pop(call, true));
        table.put("rpop", -2, "w", call -> pop(call, false));
        table.put("blpop", -3, "w", call -> popBlocking(call, true));
        table.put("brpop", -3, "w", call -> popBlocking(call, false));
        table.put("lmove", 5, "wm", call -> move(call, side(call, 3), side(call, 4)));
        table.put("rpoplpush", 3, "wm", call -> move(call, false, true));
        table.put("blmove", 6, "wm", call -> moveBlocking(call, side(call, 3), side(call, 4), 5));
        table.put("brpoplpush", 4, "wm", call -> moveBlocking(call, false, true, 3));
        table.put("llen", 2, "", call -> {
            List<String> list = call.list(call.at(1));
            return Reply.whole(list == null ? 0 : list.size());
        });
        table.put("lrange", 4, "", call -> {
            List<String> list = call.list(call.at(1));
            long start = call.whole(2);
            long stop = call.whole(3);
            if (list == null) {
                return Reply.texts(List.of());
            }
            int[] bounds = bounds(start, stop, list.size());
            return Reply.texts(list.subList(bounds[0], bounds[1]));
        });
        table.put("lindex", 3, "", call -> {
            List<String> list = call.list(call.at(1));
            long index = call.whole(2);
            int at = list == null ? -1 : (int) (index < 0 ? list.size() + index : index);
            return list == null || at < 0 || at >= list.size() ? Reply.NIL : Reply.bulk(list.get(at));
        });
        table.put("lset", 4, "wm", ListCommands::set);
        table.put("lrem", 4, "w", ListCommands::remove);
        table.put("ltrim", 4, "w", ListCommands::trim);
        table.put("linsert", 5, "wm", ListCommands::insert);
        table.put("lpos", -3, "", ListCommands::position);
    }

    /** From and behind which index; the same twice where nothing is between. */
    static int[] bounds(long start, long stop, int size) {
        long from = Math.max(0, start < 0 ? size + start : start);
        long to = Math.min(size - 1L, stop < 0 ? size + stop : stop);
        return from > to || from >= size ? new int[] {0, 0} : new int[] {(int) from, (int) to + 1};
    }

    private static boolean side(Call call, int index) {
        return switch (call.option(index)) {
            case "LEFT" -> true;
            case "RIGHT" -> false;
            default -> throw RedisError.syntax();
        };
    }

    private static Reply push(Call call, boolean left, boolean make) {
        String key = call.at(1);
        List<String> found = call.list(key);
        if (found == null && !make) {
            return Reply.whole(0);
        }
        List<String> list = call.orNew(found, key, ArrayList::new);
        for (String item : call.from(2)) {
            list.add(left ? 0 : list.size(), item);
        }
        call.touch(key);
        return Reply.whole(list.size());
    }

    private static @Nullable String take(Call call, String key, boolean left) {
        List<String> list = call.list(key);
        if (list == null) {
            return null;
        }
        String item = list.remove(left ? 0 : list.size() - 1);
        call.touch(key);
        return item;
    }

    private static Reply pop(Call call, boolean left) {
        if (call.size() > 3) {
            throw new RedisError(
                    "ERR wrong number of arguments for '" + call.at(0).toLowerCase(Locale.ROOT) + "' command");
        }
        if (call.size() == 2) {
            return Reply.bulk(take(call, call.at(1), left));
        }
        long count = call.whole(2);
        if (count < 0) {
            throw new RedisError("ERR value is out of range, must be positive");
        }
        List<String> items = new ArrayList<>();
        if (call.list(call.at(1)) == null) {
            return Reply.NO_ARRAY;
        }
        for (long i = 0; i < count; i++) {
            String item = take(call, call.at(1), left);
            if (item == null) {
                break;
            }
            items.add(item);
        }
        return Reply.texts(items);
    }

    static double timeout(Call call, int index) {
        try {
            return call.real(index);
        } catch (RedisError notReal) {
            throw new RedisError("ERR timeout is not a float or out of range");
        }
    }

    private static Reply popBlocking(Call call, boolean left) {
        return call.block(timeout(call, call.size() - 1), Reply.NO_ARRAY, () -> {
            for (String key : call.words().subList(1, call.size() - 1)) {
                String item = take(call, key, left);
                if (item != null) {
                    call.propagate(left ? "LPOP" : "RPOP", key);
                    return Reply.texts(List.of(key, item));
                }
            }
            return null;
        });
    }

    private static @Nullable String transfer(Call call, boolean fromLeft, boolean toLeft) {
        call.list(call.at(2));
        String item = take(call, call.at(1), fromLeft);
        if (item != null) {
            List<String> target = call.orNew(call.list(call.at(2)), call.at(2), ArrayList::new);
            target.add(toLeft ? 0 : target.size(), item);
            call.touch(call.at(2));
            call.propagate("LMOVE", call.at(1), call.at(2), fromLeft ? "LEFT" : "RIGHT", toLeft ? "LEFT" : "RIGHT");
        }
        return item;
    }

    private static Reply move(Call call, boolean fromLeft, boolean toLeft) {
        return Reply.bulk(transfer(call, fromLeft, toLeft));
    }

    private static Reply moveBlocking(Call call, boolean fromLeft, boolean toLeft, int timeout) {
        return call.block(timeout(call, timeout), Reply.NIL, () -> {
            String item = transfer(call, fromLeft, toLeft);
            return item == null ? null : Reply.bulk(item);
        });
    }

    private static Reply set(Call call) {
        List<String> list = call.list(call.at(1));
        if (list == null) {
            throw new RedisError("ERR no such key");
        }
        long index = call.whole(2);
        long at = index < 0 ? list.size() + index : index;
        if (at < 0 || at >= list.size()) {
            throw new RedisError("ERR index out of range");
        }
        list.set((int) at, call.at(3));
        call.touch(call.at(1));
        return Reply.OK;
    }

    private static Reply remove(Call call) {
        List<String> list = call.list(call.at(1));
        long count = call.whole(2);
        if (list == null) {
            return Reply.whole(0);
        }
        long removed = 0;
        if (count < 0) {
            Collections.reverse(list);
        }
        for (int i = 0; i < list.size() && (count == 0 || removed < Math.abs(count)); ) {
            if (list.get(i).equals(call.at(3))) {
                list.remove(i);
                removed++;
            } else {
                i++;
            }
        }
        if (count < 0) {
            Collections.reverse(list);
        }
        if (removed > 0) {
            call.touch(call.at(1));
        }
        return Reply.whole(removed);
    }

    private static Reply trim(Call call) {
        List<String> list = call.list(call.at(1));
        if (list != null) {
            int[] bounds = bounds(call.whole(2), call.whole(3), list.size());
            List<String> kept = new ArrayList<>(list.subList(bounds[0], bounds[1]));
            list.clear();
            list.addAll(kept);
            call.touch(call.at(1));
        }
        return Reply.OK;
    }

    private static Reply insert(Call call) {
        boolean before =
                switch (call.option(2)) {
                    case "BEFORE" -> true;
                    case "AFTER" -> false;
                    default -> throw RedisError.syntax();
                };
        List<String> list = call.list(call.at(1));
        if (list == null) {
            return Reply.whole(0);
        }
        int at = list.indexOf(call.at(3));
        if (at < 0) {
            return Reply.whole(-1);
        }
        list.add(before ? at : at + 1, call.at(4));
        call.touch(call.at(1));
        return Reply.whole(list.size());
    }

    private static Reply position(Call call) {
        List<String> list = call.list(call.at(1));
        int at = list == null ? -1 : list.indexOf(call.at(2));
        return at < 0 ? Reply.NIL : Reply.whole(at);
    }
}
