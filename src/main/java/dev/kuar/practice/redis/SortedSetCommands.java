package dev.kuar.practice.redis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Sorted sets. */
final class SortedSetCommands {
    private SortedSetCommands() {}

    static void addTo(CommandTable table) {
        table.put("zadd", -4, "wm", SortedSetCommands::add);
        table.put("zincrby", 4, "wm", call -> {
            double by = call.real(2);
            SortedMembers set = call.orNew(call.sorted(call.at(1)), call.at(1), SortedMembers::new);
            Double before = set.score(call.at(3));
            double sum = (before == null ? 0 : before) + by;
            set.put(call.at(3), sum);
            call.touch(call.at(1));
            return Reply.bulk(SortedMembers.text(sum));
        });
        table.put("zscore", 3, "", call -> score(of(call), call.at(2)));
        table.put("zmscore", -3, "", call -> {
            List<Reply> all = new ArrayList<>();
            call.from(2).forEach(name -> all.add(score(of(call), name)));
            return new Reply.Many(all);
        });
        table.put("zcard", 2, "", call -> Reply.whole(of(call).size()));
        table.put("zcount", 4, "", call -> {
            Bounds bounds = Bounds.ofScores(call.at(2), call.at(3));
            return Reply.whole(of(call).members().stream().filter(bounds::has).count());
        });
        table.put("zrank", 3, "", call -> rank(call, false));
        table.put("zrevrank", 3, "", call -> rank(call, true));
        table.put("zrem", -3, "w", call -> {
            SortedMembers set = of(call);
            long removed = call.from(2).stream().filter(set::remove).count();
            if (removed > 0) {
                call.touch(call.at(1));
            }
            return Reply.whole(removed);
        });
        table.put("zrange", -4, "", call -> range(call, false, false));
        table.put("zrevrange", -4, "", call -> range(call, true, false));
        table.put("zrangebyscore", -4, "", call -> range(call, false, true));
        table.put("zrevrangebyscore", -4, "", call -> range(call, true, true));
        table.put("zremrangebyrank", 4, "w", call -> {
            List<SortedMembers.Member> members = of(call).members();
            int[] bounds = ListCommands.bounds(call.whole(2), call.whole(3), members.size());
            return removed(call, members.subList(bounds[0], bounds[1]));
        });
        table.put("zremrangebyscore", 4, "w", call -> {
            Bounds bounds = Bounds.ofScores(call.at(2), call.at(3));
            return removed(call, of(call).members().stream().filter(bounds::has).toList());
        });
        table.put("zpopmin", -2, "w", call -> pop(call, false));
        table.put("zpopmax", -2, "w", call -> pop(call, true));
        table.put("bzpopmin", -3, "w", call -> popBlocking(call, false));
        table.put("bzpopmax", -3, "w", call -> popBlocking(call, true));
        table.put("zscan", -3, "", SortedSetCommands::scan);
    }

    /**
     * Between which scores.
     *
     * @param withoutLow whether the low end itself is out, {@code withoutHigh} likewise
     */
    private record Bounds(double low, boolean withoutLow, double high, boolean withoutHigh) {
        static Bounds ofScores(String low, String high) {
            try {
                return new Bounds(value(low), low.startsWith("("), value(high), high.startsWith("("));
            } catch (RedisError notReal) {
                throw new RedisError("ERR min or max is not a float");
            }
        }

        private static double value(String text) {
            return Call.real(text.startsWith("(") ? text.substring(1) : text);
        }

        boolean has(SortedMembers.Member member) {
            double score = member.score();
            return (withoutLow ? score > low : score >= low) && (withoutHigh ? score < high : score <= high);
        }
    }

    private static SortedMembers of(Call call) {
        SortedMembers found = call.sorted(call.at(1));
        return found == null ? new SortedMembers() : found;
    }

    private static Reply score(SortedMembers set, String name) {
        Double score = set.score(name);
        return score == null ? Reply.NIL : Reply.bulk(SortedMembers.text(score));
    }

    private static Reply add(Call call) {
        int at = 2;
        boolean onlyNew = false;
        boolean onlyOld = false;
        boolean greater = false;
        boolean less = false;
        boolean changed = false;
        boolean increment = false;
        for (boolean options = true; options && at < call.size(); ) {
            switch (call.option(at)) {
                case "NX" -> onlyNew = true;
                case "XX" -> onlyOld = true;
                case "GT" -> greater = true;
                case "LT" -> less = true;
                case "CH" -> changed = true;
                case "INCR" -> increment = true;
                default -> options = false;
            }
            at += options ? 1 : 0;
        }
        if (onlyNew && onlyOld) {
            throw new RedisError("ERR XX and NX options at the same time are not compatible");
        }
        int pairs = call.size() - at;
        if (pairs == 0 || pairs % 2 != 0) {
            throw RedisError.syntax();
        }
        if (increment && pairs > 2) {
            throw new RedisError("ERR INCR option supports a single increment-element pair");
        }
        for (int i = at; i < call.size(); i += 2) {
            call.real(i);
        }
        SortedMembers found = call.sorted(call.at(1));
        if (found == null && onlyOld) {
            return increment ? Reply.NIL : Reply.whole(0);
        }
        SortedMembers set = call.orNew(found, call.at(1), SortedMembers::new);
        long fresh = 0;
        long moved = 0;
        Reply last = Reply.NIL;
        for (int i = at; i < call.size(); i += 2) {
            Double before = set.score(call.at(i + 1));
            double score = call.real(i) + (increment && before != null ? before : 0);
            boolean fits =
                    before == null ? !onlyOld : !onlyNew && (!greater || score > before) && (!less || score < before);
            if (fits) {
                set.put(call.at(i + 1), score);
                fresh += before == null ? 1 : 0;
                moved += before == null || before != score ? 1 : 0;
                last = Reply.bulk(SortedMembers.text(score));
            }
        }
        if (moved > 0) {
            call.touch(call.at(1));
        }
        return increment ? last : Reply.whole(changed ? moved : fresh);
    }

    private static Reply rank(Call call, boolean reversed) {
        List<String> names = new ArrayList<>();
        of(call).members().forEach(each -> names.add(each.name()));
        if (reversed) {
            Collections.reverse(names);
        }
        int at = names.indexOf(call.at(2));
        return at < 0 ? Reply.NIL : Reply.whole(at);
    }

    private static Reply range(Call call, boolean backwards, boolean scored) {
        boolean reversed = backwards;
        boolean byScore = scored;
        boolean withScores = false;
        long skip = 0;
        long most = -1;
        for (int i = 4; i < call.size(); i++) {
            switch (call.option(i)) {
                case "WITHSCORES" -> withScores = true;
                case "REV" -> reversed = true;
                case "BYSCORE" -> byScore = true;
                case "LIMIT" -> {
                    if (i + 2 >= call.size()) {
                        throw RedisError.syntax();
                    }
                    skip = call.whole(++i);
                    most = call.whole(++i);
                }
                default -> throw RedisError.syntax();
            }
        }
        List<SortedMembers.Member> members = of(call).members();
        if (reversed) {
            Collections.reverse(members);
        }
        List<SortedMembers.Member> chosen;
        if (byScore) {
            Bounds bounds =
                    reversed ? Bounds.ofScores(call.at(3), call.at(2)) : Bounds.ofScores(call.at(2), call.at(3));
            chosen = members.stream()
                    .filter(bounds::has)
                    .skip(Math.max(0, skip))
                    .limit(most < 0 ? Long.MAX_VALUE : most)
                    .toList();
        } else {
            int[] bounds = ListCommands.bounds(call.whole(2), call.whole(3), members.size());
            chosen = members.subList(bounds[0], bounds[1]);
        }
        return Reply.texts(texts(chosen, withScores));
    }

    private static List<String> texts(List<SortedMembers.Member> members, boolean withScores) {
        List<String> texts = new ArrayList<>();
        members.forEach(each -> {
            texts.add(each.name());
            if (withScores) {
                texts.add(SortedMembers.text(each.score()));
            }
        });
        return texts;
    }

    private static Reply removed(Call call, List<SortedMembers.Member> members) {
        SortedMembers set = of(call);
        members.forEach(each -> set.remove(each.name()));
        if (!members.isEmpty()) {
            call.touch(call.at(1));
        }
        return Reply.whole(members.size());
    }

    private static List<SortedMembers.Member> take(Call call, String key, boolean highest, long count) {
        SortedMembers set = call.sorted(key);
        List<SortedMembers.Member> members = set == null ? new ArrayList<>() : set.members();
        if (highest) {
            Collections.reverse(members);
        }
        List<SortedMembers.Member> taken = members.stream().limit(count).toList();
        if (set != null && !taken.isEmpty()) {
            taken.forEach(each -> set.remove(each.name()));
            call.touch(key);
        }
        return taken;
    }

    private static Reply pop(Call call, boolean highest) {
        if (call.size() > 3) {
            throw new RedisError(
                    "ERR wrong number of arguments for '" + call.at(0).toLowerCase(Locale.ROOT) + "' command");
        }
        return Reply.texts(texts(take(call, call.at(1), highest, call.size() > 2 ? call.whole(2) : 1), true));
    }

    private static Reply popBlocking(Call call, boolean highest) {
        return call.block(ListCommands.timeout(call, call.size() - 1), Reply.NO_ARRAY, () -> {
            for (String key : call.words().subList(1, call.size() - 1)) {
                List<SortedMembers.Member> taken = take(call, key, highest, 1);
                if (!taken.isEmpty()) {
                    call.propagate("ZREM", key, taken.get(0).name());
                    return Reply.texts(List.of(
                            key,
                            taken.get(0).name(),
                            SortedMembers.text(taken.get(0).score())));
                }
            }
            return null;
        });
    }

    private static Reply scan(Call call) {
        List<String> names = new ArrayList<>();
        of(call).members().forEach(each -> names.add(each.name()));
        Reply.Many page = (Reply.Many) KeyCommands.scan(call, 3, names.stream(), false);
        List<Reply> items = page.items() == null ? List.of() : page.items();
        List<Reply> pairs = new ArrayList<>();
        if (items.get(1) instanceof Reply.Many found && found.items() != null) {
            for (Reply name : found.items()) {
                pairs.add(name);
                pairs.add(
                        name instanceof Reply.Bulk bulk && bulk.text() != null
                                ? score(of(call), bulk.text())
                                : Reply.NIL);
            }
        }
        return Reply.many(items.get(0), new Reply.Many(pairs));
    }
}
