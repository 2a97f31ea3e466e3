package dev.kuar.practice.container;

import dev.kuar.practice.container.SedCommand.Substitution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a script of sed over lines. */
final class SedMachine {
    private final Task task;
    private final List<SedCommand> commands;
    private final SedInput input;
    private final boolean quiet;
    private final boolean gnu;
    private final List<String> later = new ArrayList<>();
    private final Map<String, StringBuilder> written = new HashMap<>();
    private final Map<String, ByteLines> read = new HashMap<>();
    private StringBuilder out = new StringBuilder();
    private String pattern = "";
    private String hold = "";
    private boolean replaced;
    private boolean again;
    private @Nullable PosixRegex lastRegex;
    private int code;

    SedMachine(Task task, List<SedCommand> commands, SedInput input, boolean quiet) {
        this.task = task;
        this.commands = commands;
        this.input = input;
        this.quiet = quiet;
        this.gnu = Options.gnu(task);
    }

    /** What is to come next. */
    private enum Next {
        CYCLE,
        DELETED,
        QUIT
    }

    /** The exit code that the script asks for. */
    int run() throws IOException {
        for (SedCommand each : commands) {
            if (each.name == 'w' || each.name == 'W') {
                written.put(each.text, new StringBuilder());
            } else if (each.substitution != null && !each.substitution.file().isEmpty()) {
                written.put(each.substitution.file(), new StringBuilder());
            }
        }
        boolean goesOn = true;
        while (goesOn && (again || read())) {
            again = false;
            Next next = execute();
            if (next == Next.CYCLE && !quiet) {
                line(pattern);
            }
            appended();
            flush();
            goesOn = next != Next.QUIT;
        }
        flush();
        for (Map.Entry<String, StringBuilder> each : written.entrySet()) {
            if (!each.getKey().equals("/dev/stdout")) {
                task.save(
                        each.getKey(),
                        each.getValue().toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return code;
    }

    private boolean read() throws IOException {
        String next = input.next();
        if (next == null) {
            return false;
        }
        pattern = next;
        replaced = false;
        return true;
    }

    private void flush() throws IOException {
        if (!out.isEmpty()) {
            input.write(out.toString());
            out = new StringBuilder();
        }
    }

    /** Prints a line, with its end where it had one. */
    private void line(String text) {
        whole();
        out.append(text);
        if (input.ended()) {
            out.append(input.mark());
        } else {
            input.owe();
        }
    }

    private void whole() {
        if (input.owes()) {
            out.append(input.mark());
        }
    }

    private void appended() throws IOException {
        for (String each : later) {
            if (each.isEmpty()) {
                continue;
            }
            whole();
            out.append(each);
        }
        later.clear();
    }

    private Next execute() throws IOException {
        int at = 0;
        while (at < commands.size()) {
            SedCommand command = commands.get(at++);
            if (applies(command) == command.negated) {
                at = command.name == '{' ? command.jump < 0 ? commands.size() : command.jump : at;
                continue;
            }
            switch (command.name) {
                case 's' -> substitute(command.substitution);
                case 'p' -> line(pattern);
                case 'd' -> {
                    return Next.DELETED;
                }
                case 'D' -> {
                    int end = pattern.indexOf('\n');
                    if (end < 0) {
                        return Next.DELETED;
                    }
                    pattern = pattern.substring(end + 1);
                    again = true;
                    return Next.DELETED;
                }
                case 'b' -> at = command.jump;
                case 't' -> {
                    at = replaced ? command.jump : at;
                    replaced = false;
                }
                case 'T' -> {
                    at = replaced ? at : command.jump;
                    replaced = false;
                }
                case 'n' -> {
                    if (input.atEnd()) {
                        return Next.CYCLE;
                    }
                    if (!quiet) {
                        line(pattern);
                    }
                    appended();
                    pattern = String.valueOf(input.next());
                }
                case 'N' -> {
                    if (input.atEnd()) {
                        return Next.CYCLE;
                    }
                    appended();
                    pattern += input.mark() + String.valueOf(input.next());
                }
                case 'q', 'Q' -> {
                    code = Math.max(0, command.number);
                    if (command.name == 'q' && !quiet) {
                        line(pattern);
                    }
                    return Next.QUIT;
                }
                case 'c' -> {
                    if (command.to == null || !command.active || command.negated) {
                        whole();
                        out.append(command.text);
                    }
                    return Next.DELETED;
                }
                default -> simple(command);
            }
        }
        return Next.CYCLE;
    }

    private void simple(SedCommand command) throws IOException {
        switch (command.name) {
            case 'a' -> later.add(command.text);
            case 'i' -> {
                whole();
                out.append(command.text);
            }
            case '=' -> {
                whole();
                out.append(input.number()).append('\n');
            }
            case 'F' -> {
                whole();
                out.append(Inputs.word(input.file())).append('\n');
            }
            case 'l' -> {
                if (gnu) {
                    whole();
                    out.append(shown(pattern, command.number < 0 ? 70 : command.number));
                }
            }
            case 'g' -> pattern = hold;
            case 'G' -> pattern += "\n" + hold;
            case 'h' -> hold = pattern;
            case 'H' -> hold += "\n" + pattern;
            case 'x' -> {
                String other = hold;
                hold = pattern;
                pattern = other;
            }
            case 'z' -> pattern = "";
            case 'P' -> {
                whole();
                int end = pattern.indexOf('\n');
                out.append(end < 0 ? pattern : pattern.substring(0, end)).append('\n');
            }
            case 'y' -> {
                StringBuilder mapped = new StringBuilder(pattern);
                for (int i = 0; i < mapped.length(); i++) {
                    int which = command.text.indexOf(mapped.charAt(i));
                    if (which >= 0 && which < command.more.length()) {
                        mapped.setCharAt(i, command.more.charAt(which));
                    }
                }
                pattern = mapped.toString();
            }
            case 'r' -> later.add(content(command.text));
            case 'R' -> {
                ByteLines lines = read.computeIfAbsent(
                        command.text,
                        file -> new ByteLines(new java.io.ByteArrayInputStream(
                                content(file).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))));
                String next = lines.next();
                later.add(next == null ? "" : next + "\n");
            }
            case 'w' -> write(command.text, pattern);
            case 'W' -> write(command.text, pattern.split("\n", 2)[0]);
            default -> {}
        }
    }

    private String content(String file) {
        try {
            return Inputs.text(task, file.equals("/dev/stdin") ? "-" : file);
        } catch (FileError | IOException e) {
            return "";
        }
    }

    private void write(String file, String text) {
        if (file.equals("/dev/stdout")) {
            whole();
            out.append(text).append('\n');
        } else {
            written.computeIfAbsent(file, f -> new StringBuilder()).append(text).append('\n');
        }
    }

    /** As {@code l} shows it. */
    private static String shown(String text, int width) {
        StringBuilder all = new StringBuilder();
        StringBuilder row = new StringBuilder();
        for (int index = 0; index < text.length(); index++) {
            char c = text.charAt(index);
            int special = "\\\u0007\b\f\n\r\t\u000b".indexOf(c);
            String seen = special >= 0
                    ? "\\" + "\\abfnrtv".charAt(special)
                    : c < 32 || c > 126 ? String.format(Locale.ROOT, "\\%03o", (int) c) : String.valueOf(c);
            if (width > 1 && row.length() + seen.length() > width - 1) {
                all.append(row).append("\\\n");
                row.setLength(0);
            }
            row.append(seen);
        }
        return all.append(row).append("$\n").toString();
    }

    private boolean applies(SedCommand command) throws IOException {
        SedAddress from = command.from;
        SedAddress to = command.to;
        if (from == null || !gnu && to == null && from.kind() == 'n' && from.number() == 0) {
            return true;
        }
        if (to == null) {
            return matches(from);
        }
        long number = input.number();
        if (!command.active) {
            boolean zero = gnu && from.kind() == 'n' && from.number() == 0;
            if (!(zero && number == 1) && !matches(from)) {
                return false;
            }
            command.last = switch (to.kind()) {
                case 'n' -> to.number();
                case '+' -> number + to.number();
                case '%' -> to.number() == 0 ? number : (number + to.number() - 1) / to.number() * to.number();
                default -> -1;
            };
            boolean more = command.last < 0 || command.last > number;
            command.active = more && !(zero && to.kind() == '/' && matches(to)) && !(to.kind() == '$' && input.atEnd());
            return true;
        }
        if (command.last >= 0) {
            command.active = number < command.last;
            return number <= command.last;
        }
        command.active = !matches(to);
        return true;
    }

    private boolean matches(SedAddress address) throws IOException {
        return switch (address.kind()) {
            case '$' -> input.atEnd();
            case '~' ->
                address.step() <= 0
                        ? input.number() == address.number()
                        : input.number() >= address.number()
                                && (input.number() - address.number()) % address.step() == 0;
            case '/' -> used(address.regex()).search(pattern).find(0);
            default -> input.number() == address.number();
        };
    }

    private PosixRegex used(@Nullable PosixRegex regex) {
        PosixRegex now = regex == null ? lastRegex : regex;
        if (now == null) {
            throw new SedScanner.Wrong(gnu ? "no previous regular expression" : "no previous regexp", 1);
        }
        lastRegex = now;
        return now;
    }

    private void substitute(@Nullable Substitution how) {
        if (how == null) {
            return;
        }
        PosixRegex.Search search = used(how.regex()).search(pattern);
        StringBuilder made = new StringBuilder();
        int from = 0;
        int copied = 0;
        int count = 0;
        boolean any = false;
        int lastEnd = -1;
        while (search.find(from)) {
            int start = search.start();
            int end = search.end();
            if (!(start == end && start == lastEnd)) {
                count++;
                if (count == how.which() || count > how.which() && how.all()) {
                    made.append(pattern, copied, start);
                    SedCase.append(made, how.parts(), search);
                    copied = end;
                    any = true;
                    if (!how.all()) {
                        break;
                    }
                }
            }
            lastEnd = end;
            from = end > start ? end : end + 1;
        }
        if (!any) {
            return;
        }
        pattern = made.append(pattern.substring(copied)).toString();
        replaced = true;
        if (how.prints()) {
            line(pattern);
        }
        if (!how.file().isEmpty()) {
            write(how.file(), pattern);
        }
    }
}
