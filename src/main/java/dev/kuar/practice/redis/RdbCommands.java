package dev.kuar.practice.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** All data as the commands that make them. */
final class RdbCommands {
    private RdbCommands() {}

    static byte[] of(RedisServer server) {
        StringBuilder text = new StringBuilder();
        for (int number = 0; number < server.keys().count(); number++) {
            if (!server.keys().keys(number).isEmpty()) {
                Reply.texts(List.of("SELECT", Integer.toString(number))).write(text);
                server.keys().entries(number).forEach((key, entry) -> {
                    Reply.texts(command(key, entry.value)).write(text);
                    if (entry.end > 0) {
                        Reply.texts(List.of("PEXPIREAT", key, Long.toString(entry.end)))
                                .write(text);
                    }
                });
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<String> command(String key, Object value) {
        List<String> words = new ArrayList<>();
        if (value instanceof String text) {
            return List.of("SET", key, text);
        } else if (value instanceof Map<?, ?> map) {
            words.addAll(List.of("HSET", key));
            map.forEach((name, item) -> words.addAll(List.of((String) name, (String) item)));
        } else if (value instanceof SortedMembers sorted) {
            words.addAll(List.of("ZADD", key));
            sorted.members().forEach(each -> words.addAll(List.of(SortedMembers.text(each.score()), each.name())));
        } else {
            words.addAll(List.of(value instanceof List ? "RPUSH" : "SADD", key));
            ((Collection<?>) value).forEach(item -> words.add((String) item));
        }
        return words;
    }
}
