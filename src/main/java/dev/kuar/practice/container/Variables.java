package dev.kuar.practice.container;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An environment: variables of its own, then those that it shares with others, then what was added since. Shared ones are not
 * copied: every container of a namespace has the same hundreds of them.
 *
 * <p>Iterates in that order over what there is at that moment; the views change nothing but by {@link #keySet}'s removals.
 */
public final class Variables extends AbstractMap<String, String> {
    private final Map<String, String> own;
    private final Map<String, String> added;
    private Map<String, String> shared;

    private Variables(Map<String, String> own, Map<String, String> shared, Map<String, String> added) {
        this.own = own;
        this.shared = shared;
        this.added = added;
    }

    /** @param shared never changes; what is in both is taken from {@code own} */
    public static Variables of(Map<String, String> own, Map<String, String> shared) {
        return new Variables(new LinkedHashMap<>(own), shared, new LinkedHashMap<>());
    }

    /** A copy that changes by itself. */
    public static Variables copyOf(Map<String, String> other) {
        return other instanceof Variables same
                ? new Variables(new LinkedHashMap<>(same.own), same.shared, new LinkedHashMap<>(same.added))
                : of(other, Map.of());
    }

    /** {@code first}, with these laid over it. */
    Variables over(Map<String, String> first) {
        Map<String, String> all = new LinkedHashMap<>(first);
        all.replaceAll((name, value) -> shared.getOrDefault(name, value));
        all.putAll(own);
        return new Variables(all, shared, new LinkedHashMap<>(added));
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        String value = own.get(name);
        if (value == null) {
            value = shared.get(name);
        }
        return value == null ? added.get(name) : value;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public @Nullable String put(String name, String value) {
        String before = get(name);
        Map<String, String> place = own.containsKey(name) || shared.containsKey(name) ? own : added;
        place.put(name, value);
        return before;
    }

    @Override
    public @Nullable String remove(@Nullable Object name) {
        String before = get(name);
        if (shared.containsKey(name)) {
            Map<String, String> mine = new LinkedHashMap<>(shared);
            mine.remove(name);
            shared = mine;
        }
        own.remove(name);
        added.remove(name);
        return before;
    }

    @Override
    public void clear() {
        own.clear();
        added.clear();
        shared = Map.of();
    }

    private Stream<Entry<String, String>> entries() {
        return Stream.concat(
                Stream.concat(
                        own.entrySet().stream(),
                        shared.entrySet().stream().filter(entry -> !own.containsKey(entry.getKey()))),
                added.entrySet().stream());
    }

    @Override
    public int size() {
        return (int) entries().count();
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, String>> iterator() {
                Iterator<Entry<String, String>> all = entries()
                        .<Entry<String, String>>map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                        .toList()
                        .iterator();
                return new Iterator<>() {
                    private @Nullable String last;

                    @Override
                    public boolean hasNext() {
                        return all.hasNext();
                    }

                    @Override
                    public Entry<String, String> next() {
                        Entry<String, String> next = all.next();
                        last = next.getKey();
                        return next;
                    }

                    @Override
                    public void remove() {
                        Variables.this.remove(last);
                    }
                };
            }

            @Override
            public int size() {
                return Variables.this.size();
            }
        };
    }
}
