package dev.kuar.practice.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One command of one client, with its words taken apart. */
final class Call {
    private final RedisServer server;
    private final RedisSession session;
    private final List<String> words;
    private @Nullable List<List<String>> propagated;

    Call(RedisServer server, RedisSession session, List<String> words) {
        this.server = server;
        this.session = session;
        this.words = words;
    }

    RedisServer server() {
        return server;
    }

    RedisSession session() {
        return session;
    }

    Keyspace keys() {
        return server.keys();
    }

    List<String> words() {
        return words;
    }

    int size() {
        return words.size();
    }

    String at(int index) {
        return words.get(index);
    }

    /** A word in upper case, for options. */
    String option(int index) {
        return words.get(index).toUpperCase(Locale.ROOT);
    }

    List<String> from(int index) {
        return words.subList(index, words.size());
    }

    int database() {
        return session.database();
    }

    long whole(int index) {
        return whole(at(index));
    }

    static long whole(String text) {
        try {
            return text.matches("-?\\d+") ? Long.parseLong(text) : fail();
        } catch (NumberFormatException tooLarge) {
            throw RedisError.notWhole();
        }
    }

    private static long fail() {
        throw RedisError.notWhole();
    }

    double real(int index) {
        return real(at(index));
    }

    static double real(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.matches("[+-]?inf(inity)?")) {
            return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (!lower.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?")) {
            throw new RedisError("ERR value is not a valid float");
        }
        return Double.parseDouble(lower);
    }

    /** The text of a key; null where there is none. */
    @Nullable
    String text(String key) {
        Object value = keys().get(database(), key);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw RedisError.wrongType();
    }

    @SuppressWarnings("unchecked")
    @Nullable
    List<String> list(String key) {
        Object value = keys().get(database(), key);
        if (value == null || value instanceof List) {
            return (List<String>) value;
        }
        throw RedisError.wrongType();
    }

    @SuppressWarnings("unchecked")
    @Nullable
    Map<String, String> hash(String key) {
        Object value = keys().get(database(), key);
        if (value == null || value instanceof Map) {
            return (Map<String, String>) value;
        }
        throw RedisError.wrongType();
    }

    @SuppressWarnings("unchecked")
    @Nullable
    Set<String> set(String key) {
        Object value = keys().get(database(), key);
        if (value == null || value instanceof Set) {
            return (Set<String>) value;
        }
        throw RedisError.wrongType();
    }

    @Nullable
    SortedMembers sorted(String key) {
        Object value = keys().get(database(), key);
        if (value == null || value instanceof SortedMembers) {
            return (SortedMembers) value;
        }
        throw RedisError.wrongType();
    }

    /** The value of a key, made where it is missing. */
    <T> T orNew(@Nullable T found, String key, Supplier<T> maker) {
        if (found != null) {
            return found;
        }
        T made = maker.get();
        keys().entries(database()).put(key, new Keyspace.Entry(made));
        return made;
    }

    void put(String key, Object value) {
        keys().put(database(), key, value);
    }

    void touch(String key) {
        keys().touch(database(), key);
    }

    boolean remove(String key) {
        return keys().remove(database(), key);
    }

    /** What replicas and the append-only file hear in place of the command itself. */
    void propagate(String... command) {
        List<List<String>> all = propagated == null ? new ArrayList<>() : propagated;
        all.add(Arrays.asList(command));
        propagated = all;
    }

    /** What replicas and the append-only file hear. */
    List<List<String>> propagated() {
        return propagated == null ? List.of(words) : propagated;
    }

    /**
     * Waits until {@code attempt} has an answer.
     *
     * @param seconds 0 for as long as it takes
     */
    Reply block(double seconds, Reply otherwise, Supplier<@Nullable Reply> attempt) {
        if (seconds < 0) {
            throw new RedisError("ERR timeout is negative");
        }
        Reply now = attempt.get();
        if (now != null) {
            return now;
        }
        if (session.isExecuting()) {
            return otherwise;
        }
        server.blocked().add(this, seconds, otherwise, attempt);
        return Reply.SILENCE;
    }
}
