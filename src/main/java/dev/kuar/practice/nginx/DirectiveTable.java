package dev.kuar.practice.nginx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which directives nginx knows, where each may stand and how many arguments it takes: data of {@code practice/nginx/directives.txt}. */
final class DirectiveTable {
    private static final Set<String> FREE = Set.of("types", "map", "geo", "split_clients", "free");

    private final Map<String, List<Row>> rows = new HashMap<>();

    /** @param contexts letters as in the data file */
    private record Row(String contexts, int least, int most, String form) {}

    private DirectiveTable() {}

    static DirectiveTable builtIn() {
        return Holder.TABLE;
    }

    /** Read when the first configuration is. */
    private static final class Holder {
        static final DirectiveTable TABLE = load();

        private static DirectiveTable load() {
            DirectiveTable table = new DirectiveTable();
            try (InputStream in = DirectiveTable.class.getResourceAsStream("/practice/nginx/directives.txt")) {
                if (in == null) {
                    throw new IllegalStateException("the table of directives is missing");
                }
                new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(table::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return table;
        }
    }

    private void add(String line) {
        String[] words = line.strip().split("\\s+");
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        String count = words[2];
        boolean flag = count.equals("flag");
        String least = flag ? "1" : count.replaceFirst("[-+].*", "");
        String most = flag ? "1" : count.endsWith("+") ? "999" : count.replaceFirst(".*-", "");
        for (String name : words[0].split(",")) {
            rows.computeIfAbsent(name, key -> new ArrayList<>())
                    .add(new Row(
                            words[1],
                            Integer.parseInt(least),
                            Integer.parseInt(most),
                            flag ? "flag" : words.length > 3 ? words[3] : ""));
        }
    }

    /** Whether a block has lines of its own kind. */
    static boolean isFree(String context) {
        return FREE.contains(context);
    }

    /** Checks a directive; the context of its block. */
    String check(String name, List<String> args, boolean opens, String context, ConfigurationReader.Place place)
            throws ConfigurationError {
        List<Row> known = rows.get(name);
        if (known == null) {
            throw place.error("unknown directive \"" + name + "\"");
        }
        Row row = known.stream()
                .filter(each -> each.contexts().indexOf(letter(context)) >= 0)
                .findFirst()
                .orElseThrow(() -> place.error("\"" + name + "\" directive is not allowed here"));
        boolean block = row.form().equals("block");
        if (block && !opens) {
            throw place.error("directive \"" + name + "\" has no opening \"{\"");
        }
        if (!block && opens) {
            throw place.error("directive \"" + name + "\" is not terminated by \";\"");
        }
        if (args.size() < row.least() || args.size() > row.most()) {
            throw place.error("invalid number of arguments in \"" + name + "\" directive");
        }
        if (row.form().equals("flag") && !List.of("on", "off").contains(args.get(0))) {
            throw place.error("invalid value \"" + args.get(0) + "\" in \"" + name
                    + "\" directive, it must be \"on\" or \"off\"");
        }
        return name.equals("if") && context.equals("server") ? "serverif" : name;
    }

    private static char letter(String context) {
        return switch (context) {
            case "main" -> 'm';
            case "events" -> 'e';
            case "http" -> 'h';
            case "server" -> 's';
            case "location", "limit_except" -> 'l';
            case "if" -> 'i';
            case "serverif" -> 'j';
            case "upstream" -> 'u';
            case "stream" -> 't';
            default -> '?';
        };
    }
}
