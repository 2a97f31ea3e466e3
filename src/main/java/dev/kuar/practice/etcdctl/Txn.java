package dev.kuar.practice.etcdctl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code etcdctl txn}: comparisons, then requests if they hold, and others if not, each list ended by an empty line.
 *
 * <p>The store writes one key at a time: the requests are done in order, each at a revision of its own.
 */
final class Txn {
    private static final Pattern COMPARISON =
            Pattern.compile("(\\w+)\\(\"((?:[^\"\\\\]|\\\\.)*)\"\\)\\s*([=<>!]=?)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");

    private final Session run;

    Txn(Session run) {
        this.run = run;
    }

    int run() throws IOException, InterruptedException, Refusal {
        List<List<String>> parts = new ArrayList<>(List.of(new ArrayList<>()));
        boolean asks = run.line().has("interactive");
        String text = new String(run.host().input(), StandardCharsets.UTF_8);
        for (String each : text.split("\n", -1)) {
            if (!each.isBlank()) {
                parts.get(parts.size() - 1).add(each.strip());
            } else if (parts.size() < 3) {
                parts.add(new ArrayList<>());
            }
        }
        while (parts.size() < 3) {
            parts.add(new ArrayList<>());
        }
        if (asks) {
            run.say("compares:\nsuccess requests (get, put, del):\nfailure requests (get, put, del):\n");
        }
        boolean holds = true;
        for (String each : parts.get(0)) {
            holds &= holds(each);
        }
        List<Line> requests = new ArrayList<>();
        for (String each : parts.get(holds ? 1 : 2)) {
            requests.add(request(each));
        }
        run.say(holds ? "SUCCESS\n" : "FAILURE\n");
        for (Line request : requests) {
            run.say("\n");
            Keys keys = new Keys(new Session(run.host(), run.etcd(), request, run.members(), run.self()));
            switch (request.word(0)) {
                case "put" -> keys.put();
                case "get" -> keys.get();
                default -> keys.delete();
            }
        }
        return 0;
    }

    private static Line request(String text) throws Refusal {
        List<String> words = new ArrayList<>();
        Matcher each = WORD.matcher(text);
        while (each.find()) {
            words.add(each.group(1) == null ? each.group(2) : unescaped(each.group(1)));
        }
        if (!List.of("put", "get", "del").contains(words.get(0))) {
            throw new Refusal(Refusal.ERROR, "invalid txn request: " + text);
        }
        return Line.of(words);
    }

    private static String unescaped(String text) {
        return text.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\");
    }

    private boolean holds(String text) throws Refusal {
        Matcher parts = COMPARISON.matcher(text);
        if (!parts.matches()) {
            throw Refusal.arguments("malformed comparison: " + text);
        }
        String key = unescaped(parts.group(2));
        Optional<EtcdView.Entry> entry =
                run.etcd().range(key, key + "\0", 0, 1).entries().stream().findFirst();
        String wanted = unescaped(parts.group(4));
        int order;
        switch (parts.group(1)) {
            case "value", "val" -> {
                if (entry.isEmpty()) {
                    return false;
                }
                order = java.util.Arrays.compareUnsigned(entry.get().value(), wanted.getBytes(StandardCharsets.UTF_8));
            }
            case "mod", "modify" -> order = compare(entry.map(EtcdView.Entry::modRevision), wanted, text);
            case "create", "c" -> order = compare(entry.map(EtcdView.Entry::createRevision), wanted, text);
            case "version", "ver" -> order = compare(entry.map(EtcdView.Entry::version), wanted, text);
            case "lease" ->
                order = Long.compare(entry.map(EtcdView.Entry::lease).orElse(0L), Keys.lease(wanted));
            default -> throw Refusal.arguments("malformed comparison: " + text + " (unknown target)");
        }
        return switch (parts.group(3)) {
            case "=" -> order == 0;
            case "!=" -> order != 0;
            case ">" -> order > 0;
            case "<" -> order < 0;
            default -> throw Refusal.arguments("malformed comparison: " + text);
        };
    }

    private static int compare(Optional<Long> is, String wanted, String text) throws Refusal {
        try {
            return Long.compare(is.orElse(0L), Long.parseLong(wanted));
        } catch (NumberFormatException none) {
            throw Refusal.arguments("invalid txn compare request: " + text);
        }
    }
}
