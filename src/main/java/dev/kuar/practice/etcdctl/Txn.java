package dev.kuar.practice.etcdctl;

import dev.kuar.practice.etcd.Compare;
import dev.kuar.practice.etcd.Compare.Relation;
import dev.kuar.practice.etcd.Compare.Target;
import dev.kuar.practice.etcd.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code etcdctl txn}: comparisons, then requests if they hold, and others if not, each list ended by an empty line. */
final class Txn {
    private static final Pattern COMPARISON =
            Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\)\\s*(\\S+)\\s+\"((?:[^\"\\\\]|\\\\.)*)\".*");
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|(\\S+)");

    private final Session run;

    Txn(Session run) {
        this.run = run;
    }

    int run() throws IOException, Refusal {
        boolean asks = run.line().has("interactive");
        String text = new String(run.host().input(), StandardCharsets.UTF_8);
        List<String> all = new ArrayList<>(List.of(text.split("\n", -1)));
        all.remove(all.size() - 1);
        Iterator<String> lines = all.iterator();
        prompt(asks, "compares:\n");
        List<Compare> compares = new ArrayList<>();
        for (String each = next(lines); !each.isEmpty(); each = next(lines)) {
            compares.add(compare(each));
        }
        prompt(asks, "success requests (get, put, del):\n");
        List<Request> success = requests(lines);
        prompt(asks, "failure requests (get, put, del):\n");
        List<Request> failure = requests(lines);
        return Keys.print(run, run.asked(new Request.Transaction(compares, success, failure), "KV/Txn"));
    }

    private void prompt(boolean asks, String text) throws IOException {
        if (asks) {
            run.say(text);
        }
    }

    private static String next(Iterator<String> lines) throws Refusal {
        if (!lines.hasNext()) {
            throw new Refusal(Refusal.BAD_INPUT, "EOF");
        }
        return lines.next().strip();
    }

    private List<Request> requests(Iterator<String> lines) throws IOException, Refusal {
        List<Request> requests = new ArrayList<>();
        for (String each = next(lines); !each.isEmpty(); each = next(lines)) {
            requests.add(request(each));
        }
        return requests;
    }

    private Request request(String text) throws IOException, Refusal {
        List<String> words = new ArrayList<>();
        Matcher each = WORD.matcher(text);
        while (each.find()) {
            words.add(
                    each.group(1) != null
                            ? unescaped(each.group(1))
                            : each.group(2) != null ? each.group(2) : each.group(3));
        }
        if (words.size() < 2) {
            throw new Refusal(Refusal.BAD_INPUT, "invalid txn compare request: " + text);
        }
        Line line = Line.of(words);
        return switch (line.word(0)) {
            case "put" -> KeyLines.put(line, () -> new byte[0]);
            case "get" -> KeyLines.get(line);
            case "del" -> KeyLines.delete(line);
            default -> throw new Refusal(Refusal.BAD_INPUT, "invalid txn request: " + text);
        };
    }

    private static String unescaped(String text) {
        return text.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\");
    }

    private static Compare compare(String text) throws Refusal {
        int open = text.indexOf('(');
        if (open < 0) {
            throw new Refusal(Refusal.BAD_INPUT, "malformed comparison: " + text);
        }
        String name = text.substring(0, open);
        Matcher parts = COMPARISON.matcher(text.substring(open + 1));
        if (!parts.matches()) {
            throw new Refusal(Refusal.BAD_INPUT, "malformed comparison: " + text + "; got " + name + "(\"\")  \"\"");
        }
        Target target =
                switch (name) {
                    case "ver", "version" -> Target.VERSION;
                    case "c", "create" -> Target.CREATE;
                    case "m", "mod" -> Target.MOD;
                    case "val", "value" -> Target.VALUE;
                    case "lease" -> Target.LEASE;
                    default ->
                        throw new Refusal(
                                Refusal.BAD_INPUT, "malformed comparison: " + text + " (unknown target " + name + ")");
                };
        String wanted = unescaped(parts.group(3));
        String key = unescaped(parts.group(1));
        return new Compare(
                key,
                key + "\0",
                target,
                relation(parts.group(2)),
                target == Target.VALUE ? 0 : number(wanted, target, text),
                wanted.getBytes(StandardCharsets.UTF_8));
    }

    private static long number(String wanted, Target target, String text) throws Refusal {
        try {
            return Long.parseLong(wanted, target == Target.LEASE ? 16 : 10);
        } catch (NumberFormatException none) {
            throw new Refusal(Refusal.BAD_INPUT, "invalid txn compare request: " + text);
        }
    }

    private static Relation relation(String sign) throws Refusal {
        return switch (sign) {
            case "=" -> Relation.EQUAL;
            case "!=" -> Relation.NOT_EQUAL;
            case ">" -> Relation.GREATER;
            case "<" -> Relation.LESS;
            default -> throw new Refusal(Refusal.BAD_CONNECTION, "Unknown result op");
        };
    }
}
