package dev.kuar.practice.container;

import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** memcached's text protocol: values with flags and ends of life, counters, statistics. Nothing outlives the process. */
final class MemcachedService implements PortService {
    private static final long MONTH = 60L * 60 * 24 * 30;
    private static final int MOST = 1 << 20;

    private final Task task;
    private final String version;
    private final Map<String, Item> items = new TreeMap<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private long unique;
    private int connections;

    MemcachedService(Task task) {
        this.task = task;
        this.version = Versions.of(task);
    }

    /** A value; {@code end} in seconds since 1970, 0 for never. */
    private record Item(String flags, String data, long end, long unique) {}

    private long now() {
        return task.container().clock().now().getEpochSecond();
    }

    private long count(String name, long more) {
        return counts.merge(name, more, Long::sum);
    }

    @Override
    public Wire accept(Wire back, String peer) {
        synchronized (this) {
            connections++;
            count("total_connections", 1);
        }
        return new Client(back);
    }

    private @Nullable Item find(String key) {
        Item item = items.get(key);
        if (item != null && item.end() != 0 && item.end() <= now()) {
            items.remove(key);
            return null;
        }
        return item;
    }

    /** One client: a command is a line, and for some the bytes of a value. */
    private final class Client implements Wire {
        private final Wire back;
        private final StringBuilder pending = new StringBuilder();
        private boolean over;

        Client(Wire back) {
            this.back = back;
        }

        @Override
        public void send(byte[] bytes) {
            StringBuilder answers = new StringBuilder();
            synchronized (MemcachedService.this) {
                pending.append(new String(bytes, StandardCharsets.ISO_8859_1));
                while (!over && step(answers)) {
                    continue;
                }
            }
            if (!answers.isEmpty()) {
                back.send(answers.toString().getBytes(StandardCharsets.ISO_8859_1));
            }
            if (over) {
                back.end();
            }
        }

        private boolean step(StringBuilder answers) {
            int end = pending.indexOf("\n");
            if (end < 0) {
                return false;
            }
            List<String> words = List.of(pending.substring(0, end).strip().split("\\s+"));
            boolean stores =
                    List.of("set", "add", "replace", "append", "prepend", "cas").contains(words.get(0));
            if (!stores) {
                pending.delete(0, end + 1);
                answers.append(answer(words));
                return true;
            }
            if (words.size() < 5
                    || !words.get(4).matches("\\d{1,9}")
                    || !words.get(3).matches("-?\\d{1,12}")) {
                pending.delete(0, end + 1);
                answers.append(words.size() < 5 ? "ERROR\r\n" : "CLIENT_ERROR bad command line format\r\n");
                return true;
            }
            int length = Integer.parseInt(words.get(4));
            if (pending.length() < end + 1 + length + 2) {
                return false;
            }
            String data = pending.substring(end + 1, end + 1 + length);
            boolean whole = pending.substring(end + 1 + length).startsWith("\r\n");
            pending.delete(0, end + 1 + length + 2);
            String said = !whole
                    ? "CLIENT_ERROR bad data chunk"
                    : length > MOST ? "SERVER_ERROR object too large for cache" : store(words, data);
            answers.append(words.get(words.size() - 1).equals("noreply") ? "" : said + "\r\n");
            return true;
        }

        @Override
        public void end() {
            synchronized (MemcachedService.this) {
                connections--;
                over = true;
            }
            back.end();
        }

        private String answer(List<String> words) {
            switch (words.get(0)) {
                case "quit":
                    over = true;
                    return "";
                case "get", "gets":
                    return words.size() < 2 ? "ERROR\r\n" : get(words);
                case "delete":
                    return items.remove(words.size() > 1 ? words.get(1) : "") == null ? "NOT_FOUND\r\n" : "DELETED\r\n";
                case "incr", "decr":
                    return words.size() < 3 ? "ERROR\r\n" : add(words) + "\r\n";
                case "touch":
                    return words.size() < 3 ? "ERROR\r\n" : touch(words) + "\r\n";
                case "flush_all":
                    items.clear();
                    return "OK\r\n";
                case "version":
                    return "VERSION " + version + "\r\n";
                case "verbosity":
                    return "OK\r\n";
                case "stats":
                    return statistics();
                default:
                    return "ERROR\r\n";
            }
        }
    }

    private long end(String given) {
        long seconds = Long.parseLong(given);
        if (seconds == 0) {
            return 0;
        }
        return seconds < 0 ? 1 : seconds > MONTH ? seconds : now() + seconds;
    }

    private String store(List<String> words, String data) {
        String key = words.get(1);
        Item before = find(key);
        count("cmd_set", 1);
        String text = data;
        String flags = words.get(2);
        long end = end(words.get(3));
        switch (words.get(0)) {
            case "add":
                if (before != null) {
                    return "NOT_STORED";
                }
                break;
            case "replace", "append", "prepend":
                if (before == null) {
                    return "NOT_STORED";
                }
                if (!words.get(0).equals("replace")) {
                    text = words.get(0).equals("append") ? before.data() + data : data + before.data();
                    flags = before.flags();
                    end = before.end();
                }
                break;
            case "cas":
                if (before == null) {
                    return "NOT_FOUND";
                }
                if (words.size() < 6 || !Long.toString(before.unique()).equals(words.get(5))) {
                    return "EXISTS";
                }
                break;
            default:
                break;
        }
        items.put(key, new Item(flags, text, end, ++unique));
        return "STORED";
    }

    private String get(List<String> words) {
        StringBuilder out = new StringBuilder();
        for (String key : words.subList(1, words.size())) {
            Item item = find(key);
            count("cmd_get", 1);
            count(item == null ? "get_misses" : "get_hits", 1);
            if (item != null) {
                out.append("VALUE ")
                        .append(key)
                        .append(' ')
                        .append(item.flags())
                        .append(' ');
                out.append(item.data().length());
                out.append(words.get(0).equals("gets") ? " " + item.unique() : "");
                out.append("\r\n").append(item.data()).append("\r\n");
            }
        }
        return out.append("END\r\n").toString();
    }

    private String add(List<String> words) {
        Item item = find(words.get(1));
        if (!words.get(2).matches("\\d{1,18}")) {
            return "CLIENT_ERROR invalid numeric delta argument";
        }
        if (item == null) {
            return "NOT_FOUND";
        }
        if (!item.data().matches("\\d{1,18}")) {
            return "CLIENT_ERROR cannot increment or decrement non-numeric value";
        }
        long by = Long.parseLong(words.get(2));
        long now = Long.parseLong(item.data());
        String sum = Long.toString(words.get(0).equals("incr") ? now + by : Math.max(0, now - by));
        items.put(words.get(1), new Item(item.flags(), sum, item.end(), ++unique));
        return sum;
    }

    private String touch(List<String> words) {
        Item item = find(words.get(1));
        if (item == null || !words.get(2).matches("-?\\d{1,12}")) {
            return item == null ? "NOT_FOUND" : "CLIENT_ERROR invalid exptime argument";
        }
        items.put(words.get(1), new Item(item.flags(), item.data(), end(words.get(2)), item.unique()));
        return "TOUCHED";
    }

    private String statistics() {
        Instant started = task.started();
        StringBuilder out = new StringBuilder();
        Map<String, Object> all = new TreeMap<>(counts);
        all.put("pid", task.pid());
        all.put("uptime", now() - started.getEpochSecond());
        all.put("time", now());
        all.put("version", version);
        all.put("curr_connections", connections);
        all.put("curr_items", items.size());
        all.put(
                "bytes",
                items.values().stream()
                        .mapToLong(item -> item.data().length() + 50L)
                        .sum());
        all.put("limit_maxbytes", 64 << 20);
        all.put("threads", 4);
        for (String name : List.of("cmd_get", "cmd_set", "get_hits", "get_misses")) {
            all.putIfAbsent(name, 0);
        }
        all.forEach((name, value) ->
                out.append("STAT ").append(name).append(' ').append(value).append("\r\n"));
        return out.append("END\r\n").toString();
    }
}
