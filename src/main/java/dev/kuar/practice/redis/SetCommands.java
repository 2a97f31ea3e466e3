package dev.kuar.practice.redis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Sets, and what they have in common. */
final class SetCommands {
    private SetCommands() {}

    static void addTo(CommandTable table) {
        table.put("sadd", -3, "wm", call -> {
            Set<String> set = call.orNew(call.set(call.at(1)), call.at(1), LinkedHashSet::new);
            long added = call.from(2).stream().filter(set::add).count();
            if (added > 0) {
                call.touch(call.at(1));
            }
            return Reply.whole(added);
        });
        table.put("srem", -3, "w", call -> {
            Set<String> set = of(call, call.at(1));
            long removed = call.from(2).stream()
                    .filter(item -> set.contains(item) && set.remove(item))
                    .count();
            if (removed > 0) {
                call.touch(call.at(1));
            }
            return Reply.whole(removed);
        });
        table.put("smembers", 2, "", call -> Reply.texts(of(call, call.at(1))));
        table.put("sismember", 3, "", call -> Reply.flag(of(call, call.at(1)).contains(call.at(2))));
        table.put("smismember", -3, "", call -> {
            Set<String> set = of(call, call.at(1));
            List<Reply> all = new ArrayList<>();
            call.from(2).forEach(item -> all.add(Reply.flag(set.contains(item))));
            return new Reply.Many(all);
        });
        table.put("scard", 2, "", call -> Reply.whole(of(call, call.at(1)).size()));
        table.put("spop", -2, "w", SetCommands::pop);
        table.put("srandmember", -2, "", SetCommands::random);
        table.put("smove", 4, "w", SetCommands::move);
        table.put("sscan", -3, "", call -> KeyCommands.scan(call, 3, of(call, call.at(1)).stream(), false));
        join(table, "union", Set::addAll);
        join(table, "inter", Set::retainAll);
        join(table, "diff", Set::removeAll);
    }

    private static Set<String> of(Call call, String key) {
        Set<String> found = call.set(key);
        return found == null ? Set.of() : found;
    }

    private static void join(CommandTable table, String name, BiConsumer<Set<String>, Set<String>> step) {
        table.put("s" + name, -2, "", call -> Reply.texts(joined(call, call.from(1), step)));
        table.put("s" + name + "store", -3, "wm", call -> {
            Set<String> all = joined(call, call.from(2), step);
            call.remove(call.at(1));
            if (!all.isEmpty()) {
                call.put(call.at(1), all);
            }
            return Reply.whole(all.size());
        });
    }

    private static Set<String> joined(Call call, List<String> keys, BiConsumer<Set<String>, Set<String>> step) {
        Set<String> all = new LinkedHashSet<>(of(call, keys.get(0)));
        keys.subList(1, keys.size()).forEach(key -> step.accept(all, of(call, key)));
        return all;
    }

    private static List<String> shuffled(Set<String> set) {
        List<String> items = new ArrayList<>(set);
        Collections.shuffle(items);
        return items;
    }

    private static Reply pop(Call call) {
        Set<String> set = of(call, call.at(1));
        long count = call.size() > 2 ? call.whole(2) : 1;
        if (count < 0) {
            throw new RedisError("ERR value is out of range, must be positive");
        }
        List<String> taken = shuffled(set).stream().limit(count).toList();
        if (!taken.isEmpty()) {
            taken.forEach(set::remove);
            call.touch(call.at(1));
            List<String> words = new ArrayList<>(List.of("SREM", call.at(1)));
            words.addAll(taken);
            call.propagate(words.toArray(String[]::new));
        }
        return call.size() > 2 ? Reply.texts(taken) : Reply.bulk(taken.isEmpty() ? null : taken.get(0));
    }

    private static Reply random(Call call) {
        List<String> items = shuffled(of(call, call.at(1)));
        if (call.size() == 2) {
            return Reply.bulk(items.isEmpty() ? null : items.get(0));
        }
        long count = call.whole(2);
        List<String> chosen = new ArrayList<>();
        for (long i = 0; i < Math.abs(count) && !items.isEmpty() && (count < 0 || i < items.size()); i++) {
            chosen.add(count < 0 ? shuffled(of(call, call.at(1))).get(0) : items.get((int) i));
        }
        return Reply.texts(chosen);
    }

    private static Reply move(Call call) {
        Set<String> from = of(call, call.at(1));
        Set<String> there = call.set(call.at(2));
        if (!from.contains(call.at(3))) {
            return Reply.whole(0);
        }
        from.remove(call.at(3));
        call.touch(call.at(1));
        Set<String> to = call.orNew(there, call.at(2), LinkedHashSet::new);
        to.add(call.at(3));
        call.touch(call.at(2));
        return Reply.whole(1);
    }
}
