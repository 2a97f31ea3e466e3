package dev.kuar.practice.container;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sed that people type: {@code s/a/b/g}, {@code /x/d}, {@code 3p}, {@code $d}, {@code 1,3d}, several by {@code ;}. */
final class SedScript {
    private final List<String> commands;
    private final boolean extended;
    private final boolean quiet;

    SedScript(String script, boolean extended, boolean quiet) {
        this.commands = List.of(script.split(";(?=\\s*(?:s[/|#,]|/|\\d|\\$|$))"));
        this.extended = extended;
        this.quiet = quiet;
    }

    String run(List<String> lines) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean deleted = false;
            for (String command : commands) {
                Matcher form = Pattern.compile(
                                "\\s*(?:(\\d+|\\$)(?:,(\\d+|\\$))?|/(.*?)/)?\\s*([sdpq])(.*)", Pattern.DOTALL)
                        .matcher(command);
                if (!form.matches() || !applies(form, i + 1, lines.size(), line)) {
                    continue;
                }
                switch (form.group(4)) {
                    case "d" -> deleted = true;
                    case "p" -> out.append(line).append('\n');
                    case "s" -> line = substitute(form.group(5), line);
                    default -> {
                        return out.append(quiet ? "" : line + "\n").toString();
                    }
                }
                if (deleted) {
                    break;
                }
            }
            if (!deleted && !quiet) {
                out.append(line).append('\n');
            }
        }
        return out.toString();
    }

    private boolean applies(Matcher form, int number, int last, String line) {
        if (form.group(3) != null) {
            return pattern(form.group(3), 0).matcher(line).find();
        }
        if (form.group(1) == null) {
            return true;
        }
        int from = form.group(1).equals("$") ? last : Integer.parseInt(form.group(1));
        String end = form.group(2);
        int to = end == null ? from : end.equals("$") ? last : Integer.parseInt(end);
        return number >= from && number <= to;
    }

    private Pattern pattern(String regex, int flags) {
        return Pattern.compile(extended ? regex : TextTools.basic(regex), flags);
    }

    private String substitute(String rest, String line) {
        String mark = Pattern.quote(rest.substring(0, 1));
        String[] parts = rest.substring(1).split("(?<!\\\\)" + mark, -1);
        if (parts.length < 2) {
            return line;
        }
        String flags = parts.length > 2 ? parts[2] : "";
        String with = parts[1].replace("$", "\\$")
                .replaceAll("(?<!\\\\)&", "\\$0")
                .replaceAll("\\\\(\\d)", "\\$$1")
                .replace("\\n", "\n");
        Matcher matcher = pattern(parts[0], flags.contains("i") || flags.contains("I") ? Pattern.CASE_INSENSITIVE : 0)
                .matcher(line);
        return flags.contains("g") ? matcher.replaceAll(with) : matcher.replaceFirst(with);
    }
}
