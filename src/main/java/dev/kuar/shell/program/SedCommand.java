package dev.kuar.shell.program;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One command of a sed script: an address, a letter, and for {@code s} what is replaced by what. */
final class SedCommand {
    private static final Pattern EVERY = Pattern.compile("");

    private String from = "";
    private String to = "";
    private char letter;
    private Pattern pattern = EVERY;
    private String replacement = "";
    private boolean global;
    private boolean print;
    private boolean inside;
    private boolean negated;
    private final boolean extended;

    private SedCommand(boolean extended) {
        this.extended = extended;
    }

    static List<SedCommand> parse(String script, boolean extended) {
        List<SedCommand> commands = new ArrayList<>();
        int[] at = {0};
        while (at[0] < script.length()) {
            char c = script.charAt(at[0]);
            if (c == ';' || c == ' ' || c == '\n') {
                at[0]++;
            } else {
                SedCommand command = new SedCommand(extended);
                command.read(script, at);
                commands.add(command);
            }
        }
        return commands;
    }

    private void read(String script, int[] at) {
        from = address(script, at);
        if (!from.isEmpty() && peek(script, at) == ',') {
            at[0]++;
            to = address(script, at);
        }
        if (peek(script, at) == '!') {
            negated = true;
            at[0]++;
        }
        letter = peek(script, at);
        at[0]++;
        if (letter == 's') {
            char delimiter = peek(script, at);
            at[0]++;
            String expression = until(script, at, delimiter);
            replacement = until(script, at, delimiter);
            boolean ignoreCase = false;
            while ("gpiI".indexOf(peek(script, at)) >= 0) {
                char flag = peek(script, at);
                global |= flag == 'g';
                print |= flag == 'p';
                ignoreCase |= flag == 'i' || flag == 'I';
                at[0]++;
            }
            pattern = Regex.compile(expression, extended, ignoreCase);
        } else if ("dpq".indexOf(letter) < 0) {
            throw new Options.Unknown("'" + script + "': there are s, d, p and q; !sed is the system's");
        }
    }

    private static char peek(String script, int[] at) {
        return at[0] < script.length() ? script.charAt(at[0]) : ';';
    }

    private static String address(String script, int[] at) {
        char c = peek(script, at);
        if (c == '/') {
            at[0]++;
            return "/" + until(script, at, '/');
        }
        int start = at[0];
        while (Character.isDigit(peek(script, at)) || (peek(script, at) == '$' && at[0] == start)) {
            at[0]++;
        }
        return script.substring(start, at[0]);
    }

    private static String until(String script, int[] at, char delimiter) {
        StringBuilder text = new StringBuilder();
        while (at[0] < script.length() && script.charAt(at[0]) != delimiter) {
            if (script.charAt(at[0]) == '\\' && at[0] + 1 < script.length()) {
                if (script.charAt(at[0] + 1) != delimiter) {
                    text.append('\\');
                }
                at[0]++;
            }
            text.append(script.charAt(at[0]++));
        }
        if (at[0] >= script.length()) {
            throw new Options.Unknown("'" + script + "': unterminated");
        }
        at[0]++;
        return text.toString();
    }

    char letter() {
        return letter;
    }

    boolean prints() {
        return print;
    }

    /** Whether the address takes this line; a range stays open until its end was seen. */
    boolean applies(String line, int number, boolean last) {
        return range(line, number, last) != negated;
    }

    private boolean range(String line, int number, boolean last) {
        if (from.isEmpty()) {
            return true;
        }
        if (to.isEmpty()) {
            return fits(from, line, number, last);
        }
        if (inside) {
            inside = !fits(to, line, number, last);
            return true;
        }
        boolean begins = fits(from, line, number, last);
        inside = begins && !(Character.isDigit(to.charAt(0)) && Integer.parseInt(to) <= number);
        return begins;
    }

    private boolean fits(String address, String line, int number, boolean last) {
        if (address.startsWith("/")) {
            return Regex.compile(address.substring(1), extended, false)
                    .matcher(line)
                    .find();
        }
        return address.equals("$") ? last : Integer.parseInt(address) == number;
    }

    String substitute(String line) {
        Matcher match = pattern.matcher(line);
        StringBuilder text = new StringBuilder();
        while (match.find()) {
            match.appendReplacement(text, "");
            text.append(filled(match));
            if (!global) {
                break;
            }
        }
        return match.appendTail(text).toString();
    }

    private String filled(Matcher match) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < replacement.length(); i++) {
            char c = replacement.charAt(i);
            if (c == '&') {
                text.append(match.group());
            } else if (c == '\\' && i + 1 < replacement.length()) {
                char next = replacement.charAt(++i);
                if (Character.isDigit(next)) {
                    int group = next - '0';
                    String value = group <= match.groupCount() ? match.group(group) : "";
                    text.append(value == null ? "" : value);
                } else {
                    text.append(next == 'n' ? '\n' : next == 't' ? '\t' : next);
                }
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
