package dev.kuar.practice.redis;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Keeps a server within {@code maxmemory} by dropping keys as {@code maxmemory-policy} says. */
final class Eviction {
    /** What a server takes before it holds anything, in bytes. */
    static final long STARTUP = 876_000;

    private Eviction() {}

    static long used(RedisServer server) {
        return STARTUP + 20_000L * server.sessions().size() + server.keys().bytes();
    }

    /** Whether there is room, after what could be dropped was. */
    static boolean makeRoom(RedisServer server) {
        long most = server.config().number("maxmemory");
        while (most > 0 && used(server) > most) {
            if (server.replication().isReplica() || !dropOne(server)) {
                return false;
            }
        }
        return true;
    }

    private static boolean dropOne(RedisServer server) {
        String policy = server.config().text("maxmemory-policy");
        if (policy.equals("noeviction")) {
            return false;
        }
        boolean ending = policy.startsWith("volatile");
        Comparator<Keyspace.Entry> first =
                switch (policy.substring(policy.indexOf('-') + 1)) {
                    case "ttl" -> Comparator.comparingLong(entry -> entry.end);
                    case "lfu" -> Comparator.comparingLong(Keyspace.Entry::uses);
                    case "random" -> Comparator.comparingInt(System::identityHashCode);
                    default -> Comparator.comparingLong(Keyspace.Entry::used);
                };
        for (int number = 0; number < server.keys().count(); number++) {
            Optional<Map.Entry<String, Keyspace.Entry>> victim = server.keys().entries(number).entrySet().stream()
                    .filter(each -> !ending || each.getValue().end > 0)
                    .min(Map.Entry.comparingByValue(first));
            if (victim.isPresent()) {
                String key = victim.get().getKey();
                server.keys().remove(number, key);
                server.statistics().evicted();
                server.replication().feed(server.replication().encode(number, java.util.List.of("DEL", key)));
                server.persistence().append(number, java.util.List.of("DEL", key));
                return true;
            }
        }
        return false;
    }
}
