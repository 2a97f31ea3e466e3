package dev.kuar.practice.etcd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads of the store, with what is not written yet laid over it. */
interface Reads {
    long ALL = Long.MAX_VALUE;

    long revision();

    /** @param values how many of them, from the first on, are needed: they cost */
    List<Entry> stored(String from, String to, long revision, long values);

    default List<Entry> now(String from, String to, long values, Map<String, @Nullable Entry> over) {
        List<Entry> stored = stored(from, to, 0, over.isEmpty() || values == 0 ? values : ALL);
        if (over.isEmpty()) {
            return stored;
        }
        KeyRange range = new KeyRange(from, to);
        TreeMap<String, Entry> all = new TreeMap<>(KeyText::compare);
        stored.forEach(each -> all.put(each.key(), each));
        over.forEach((key, entry) -> {
            if (entry == null) {
                all.remove(key);
            } else if (range.contains(key)) {
                all.put(key, entry);
            }
        });
        return new ArrayList<>(all.values());
    }

    default Answer.Range range(Request.Range asked, Map<String, @Nullable Entry> over, long at) {
        long values = values(asked);
        List<Entry> entries = new ArrayList<>(
                asked.revision() > 0
                        ? stored(asked.from(), asked.to(), asked.revision(), values)
                        : now(asked.from(), asked.to(), values, over));
        long count = entries.size();
        if (asked.countOnly()) {
            return new Answer.Range(at, List.of(), false, count);
        }
        entries.removeIf(each -> !asked.bounds().admits(each));
        if (asked.order() != Request.Order.NONE || asked.target() != Request.Target.KEY) {
            Comparator<Entry> by = comparator(asked.target());
            entries.sort(asked.order() == Request.Order.DESCEND ? by.reversed() : by);
        }
        boolean more = asked.limit() > 0 && entries.size() > asked.limit();
        List<Entry> shown = more ? entries.subList(0, (int) asked.limit()) : entries;
        return new Answer.Range(
                at,
                asked.keysOnly() ? shown.stream().map(Entry::withoutValue).toList() : List.copyOf(shown),
                more,
                count);
    }

    /** Of a page in the order of keys the rest is only counted. */
    private static long values(Request.Range asked) {
        boolean sorted = asked.order() == Request.Order.DESCEND || asked.target() != Request.Target.KEY;
        if (asked.countOnly() || asked.keysOnly() && asked.target() != Request.Target.VALUE) {
            return 0;
        }
        return sorted || asked.limit() == 0 || !asked.bounds().isNone() ? ALL : asked.limit();
    }

    private static Comparator<Entry> comparator(Request.Target target) {
        return switch (target) {
            case KEY -> Comparator.comparing(Entry::key, KeyText::compare);
            case VERSION -> Comparator.comparingLong(Entry::version);
            case CREATE -> Comparator.comparingLong(Entry::createRevision);
            case MODIFY -> Comparator.comparingLong(Entry::modRevision);
            case VALUE -> Comparator.comparing(Entry::value, Arrays::compareUnsigned);
        };
    }
}
