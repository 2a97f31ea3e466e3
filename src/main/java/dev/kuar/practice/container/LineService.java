package dev.kuar.practice.container;

import dev.kuar.practice.network.PortService;
import dev.kuar.practice.network.Wire;
import dev.kuar.practice.object.KubeObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A server that speaks in lines, a small key-value store in the manner of redis: PING, SET, GET, DEL, KEYS, INCR, QUIT. */
final class LineService implements PortService {
    private final KubeObject data;
    private final Map<String, String> values = new ConcurrentHashMap<>();

    LineService(KubeObject data) {
        this.data = data;
    }

    @Override
    public Wire accept(Wire back, String peer) {
        return new Wire() {
            private String rest = data.text("greeting").isEmpty() ? "" : greet(back);

            @Override
            public synchronized void send(byte[] bytes) {
                rest += new String(bytes, StandardCharsets.UTF_8);
                int end = rest.indexOf('\n');
                while (end >= 0) {
                    String line = rest.substring(0, end).strip();
                    rest = rest.substring(end + 1);
                    if (line.equalsIgnoreCase("quit")) {
                        say(back, "+OK");
                        back.end();
                        return;
                    }
                    if (!line.isEmpty()) {
                        say(back, answer(line));
                    }
                    end = rest.indexOf('\n');
                }
            }

            @Override
            public void end() {
                back.end();
            }
        };
    }

    private String greet(Wire back) {
        say(back, data.text("greeting"));
        return "";
    }

    private static void say(Wire back, String text) {
        back.send((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    String answer(String line) {
        List<String> words = List.of(line.split("\\s+"));
        String key = words.size() > 1 ? words.get(1) : "";
        return switch (words.get(0).toUpperCase(Locale.ROOT)) {
            case "PING" -> "+PONG";
            case "SET" -> {
                values.put(key, words.size() > 2 ? words.get(2) : "");
                yield "+OK";
            }
            case "GET" -> {
                String value = values.get(key);
                yield value == null ? "$-1" : "$" + value.length() + "\r\n" + value;
            }
            case "DEL" -> values.remove(key) == null ? ":0" : ":1";
            case "INCR" -> ":" + values.merge(key, "1", (a, b) -> Long.toString(Long.parseLong(a) + 1));
            case "DBSIZE" -> ":" + values.size();
            case "KEYS" ->
                "*" + values.size()
                        + String.join(
                                "",
                                values.keySet().stream()
                                        .sorted()
                                        .map(k -> "\r\n$" + k.length() + "\r\n" + k)
                                        .toList());
            default -> "-ERR unknown command '" + words.get(0) + "'";
        };
    }
}
