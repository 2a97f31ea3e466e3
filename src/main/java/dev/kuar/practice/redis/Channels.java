package dev.kuar.practice.redis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who listens to which channels and patterns. Guarded by the server's lock. */
final class Channels {
    private final Map<String, Set<RedisSession>> channels = new TreeMap<>();
    private final Map<String, Set<RedisSession>> patterns = new TreeMap<>();

    Reply subscribe(Call call, boolean pattern) {
        RedisSession session = call.session();
        for (String name : call.from(1)) {
            (pattern ? session.patterns() : session.channels()).add(name);
            (pattern ? patterns : channels)
                    .computeIfAbsent(name, none -> new LinkedHashSet<>())
                    .add(session);
            session.reply(confirmation(session, pattern ? "psubscribe" : "subscribe", name));
        }
        return Reply.SILENCE;
    }

    Reply unsubscribe(Call call, boolean pattern) {
        RedisSession session = call.session();
        Set<String> own = pattern ? session.patterns() : session.channels();
        String kind = pattern ? "punsubscribe" : "unsubscribe";
        List<String> names = call.size() > 1 ? call.from(1) : new ArrayList<>(own);
        if (names.isEmpty()) {
            return new Reply.Many(List.of(Reply.bulk(kind), Reply.NIL, count(session)));
        }
        for (String name : names) {
            own.remove(name);
            remove(pattern ? patterns : channels, name, session);
            session.reply(confirmation(session, kind, name));
        }
        return Reply.SILENCE;
    }

    private static Reply confirmation(RedisSession session, String kind, String name) {
        return Reply.many(Reply.bulk(kind), Reply.bulk(name), count(session));
    }

    private static Reply count(RedisSession session) {
        return Reply.whole(session.channels().size() + session.patterns().size());
    }

    private static void remove(Map<String, Set<RedisSession>> from, String name, RedisSession session) {
        Set<RedisSession> listeners = from.get(name);
        if (listeners != null && listeners.remove(session) && listeners.isEmpty()) {
            from.remove(name);
        }
    }

    /** How many clients heard it. */
    long publish(String channel, String message) {
        long heard = 0;
        for (RedisSession session : channels.getOrDefault(channel, Set.of())) {
            session.reply(Reply.many(Reply.bulk("message"), Reply.bulk(channel), Reply.bulk(message)));
            heard++;
        }
        for (Map.Entry<String, Set<RedisSession>> pattern : patterns.entrySet()) {
            if (Glob.matches(pattern.getKey(), channel)) {
                for (RedisSession session : pattern.getValue()) {
                    session.reply(Reply.many(
                            Reply.bulk("pmessage"),
                            Reply.bulk(pattern.getKey()),
                            Reply.bulk(channel),
                            Reply.bulk(message)));
                    heard++;
                }
            }
        }
        return heard;
    }

    /** PUBSUB. */
    Reply tell(Call call) {
        return switch (call.option(1)) {
            case "CHANNELS" ->
                Reply.texts(channels.keySet().stream()
                        .filter(name -> call.size() < 3 || Glob.matches(call.at(2), name))
                        .toList());
            case "NUMPAT" -> Reply.whole(patterns.size());
            default -> {
                List<Reply> counts = new ArrayList<>();
                call.from(2).forEach(name -> {
                    counts.add(Reply.bulk(name));
                    counts.add(Reply.whole(channels.getOrDefault(name, Set.of()).size()));
                });
                yield new Reply.Many(counts);
            }
        };
    }

    int channelCount() {
        return channels.size();
    }

    int patternCount() {
        return patterns.size();
    }

    void leave(RedisSession session) {
        session.channels().forEach(name -> remove(channels, name, session));
        session.patterns().forEach(name -> remove(patterns, name, session));
        session.channels().clear();
        session.patterns().clear();
    }
}
