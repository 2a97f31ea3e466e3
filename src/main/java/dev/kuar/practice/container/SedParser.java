package dev.kuar.practice.container;

import dev.kuar.practice.container.SedCommand.Part;
import dev.kuar.practice.container.SedCommand.Substitution;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads scripts of sed, GNU's or busybox's. */
final class SedParser extends SedScanner {
    private final boolean extended;
    private final List<SedCommand> commands = new ArrayList<>();
    private final Deque<Integer> blocks = new ArrayDeque<>();
    private final Map<String, Integer> labels = new HashMap<>();

    SedParser(boolean gnu, boolean extended) {
        super(gnu);
        this.extended = extended;
    }

    /**
     * Reads a piece of a script.
     *
     * @param place what GNU's complaints begin with
     * @throws Wrong where it is none
     */
    void add(String script, String place) {
        begin(script, place);
        while (at < source.length()) {
            command();
        }
    }

    /** All commands, with what they jump to. */
    List<SedCommand> finish() {
        if (!blocks.isEmpty() && gnu) {
            at = 0;
            throw wrong("unmatched `{'", "");
        }
        for (SedCommand each : commands) {
            if ("btT".indexOf(each.name) >= 0) {
                Integer target = each.text.isEmpty() ? Integer.valueOf(commands.size()) : labels.get(each.text);
                if (target == null) {
                    throw gnu
                            ? new Wrong("can't find label for jump to `" + each.text + "'", 4)
                            : new Wrong("can't find label for jump to '" + each.text + "'", 1);
                }
                each.jump = target;
            }
        }
        return commands;
    }

    private void command() {
        while (peek() != NONE && " \t\n;".indexOf(peek()) >= 0) {
            at++;
        }
        if (peek() == NONE) {
            return;
        }
        if (peek() == '#') {
            while (peek() != NONE && take() != '\n') {
                // The rest of the line is a comment.
            }
            return;
        }
        SedCommand command = new SedCommand();
        command.from = address();
        if (command.from != null) {
            blanks();
            if (peek() == ',') {
                at++;
                blanks();
                command.to = address();
                if (command.to == null) {
                    var unused = take();
                    throw wrong("unexpected `,'", "no address after comma");
                }
            } else if (command.from.kind() == 'n' && command.from.number() == 0 && gnu) {
                at++;
                throw wrong("invalid usage of line address 0", "");
            }
        }
        blanks();
        while (peek() == '!') {
            at++;
            if (command.negated && gnu) {
                throw wrong("multiple `!'s", "");
            }
            if (command.negated) {
                throw new Wrong("unsupported command !", 1);
            }
            command.negated = true;
            blanks();
        }
        char name = take();
        if (name == NONE) {
            throw wrong("missing command", "missing command");
        }
        command.name = name;
        body(command);
    }

    private void body(SedCommand command) {
        switch (command.name) {
            case '{' -> {
                blocks.push(commands.size());
                commands.add(command);
            }
            case '}' -> {
                if (blocks.isEmpty()) {
                    if (!gnu) {
                        return;
                    }
                    throw wrong("unexpected `}'", "");
                }
                commands.get(blocks.pop()).jump = commands.size();
                end();
            }
            case ':' -> {
                blanks();
                String label = word("\n;");
                if (label.isEmpty() && gnu) {
                    throw wrong("\":\" lacks a label", "");
                }
                labels.put(label, commands.size());
            }
            case 'a', 'i', 'c' -> {
                text(command);
                commands.add(command);
            }
            case 'b', 't', 'T' -> {
                blanks();
                command.text = word("\n;}");
                commands.add(command);
            }
            case 'r', 'w', 'R', 'W' -> {
                blanks();
                command.text = word("\n");
                if (command.text.isEmpty()) {
                    throw wrong("missing filename in r/R/w/W commands", "empty filename");
                }
                commands.add(command);
            }
            case 's' -> {
                command.substitution = substitution();
                commands.add(command);
            }
            case 'y' -> {
                transliteration(command);
                commands.add(command);
            }
            case 'q', 'Q', 'l', 'L' -> {
                if (!gnu && command.name == 'L' || command.name == 'L') {
                    throw unknown(command.name);
                }
                blanks();
                if (gnu && Character.isDigit(peek())) {
                    command.number = (int) number();
                }
                end();
                commands.add(command);
            }
            default -> {
                if ("=dDgGhHnNpPxz".indexOf(command.name) < 0 && !(gnu && command.name == 'F')
                        || command.name == 'z' && !gnu) {
                    throw unknown(command.name);
                }
                end();
                commands.add(command);
            }
        }
    }

    private Wrong unknown(char name) {
        return wrong("unknown command: `" + name + "'", "unsupported command " + name);
    }

    /** After a command nothing may stand before the next. */
    private void end() {
        blanks();
        char c = peek();
        if (c == NONE || c == '\n' || c == ';') {
            at += c == NONE ? 0 : 1;
        } else if (gnu && c != '}' && c != '#') {
            at++;
            throw wrong("extra characters after command", "");
        } else if (!gnu && c != '}' && c != '#' && "{=:abcdDgGhHilnNpPqrsTtwxyz/\\$0123456789".indexOf(c) < 0) {
            throw unknown(c);
        }
    }

    private @Nullable SedAddress address() {
        char c = peek();
        if (c == '$') {
            at++;
            return new SedAddress('$', 0, 0, null);
        }
        if (c != NONE && Character.isDigit(c)) {
            long number = number();
            if (gnu && peek() == '~') {
                at++;
                return new SedAddress('~', number, Character.isDigit(peek()) ? number() : 0, null);
            }
            return new SedAddress('n', number, 0, null);
        }
        if ((c == '+' || c == '~' && gnu) && at + 1 < source.length() && Character.isDigit(source.charAt(at + 1))) {
            at++;
            return new SedAddress(c == '+' ? '+' : '%', number(), 0, null);
        }
        if (c == '/' || c == '\\') {
            at += c == '\\' ? 1 : 0;
            char mark = take();
            String regex = upTo(mark, true, "unterminated address regex");
            boolean ignoring = false;
            boolean multiline = false;
            while (peek() == 'I' || gnu && peek() == 'M') {
                ignoring |= peek() == 'I';
                multiline |= peek() == 'M';
                at++;
            }
            return new SedAddress('/', 0, 0, regex(regex, ignoring, multiline));
        }
        return null;
    }

    private @Nullable PosixRegex regex(String text, boolean ignoring, boolean multiline) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return PosixRegex.of(SedText.regex(text), new PosixRegex.Style(extended, ignoring, multiline, false));
        } catch (PosixRegex.Wrong e) {
            throw wrong(e.words(), "bad regex '" + text + "': " + e.words());
        }
    }

    private Substitution substitution() {
        char mark = take();
        String unterminated = "unterminated `s' command";
        if (mark == NONE || mark == '\n' || mark == '\\') {
            throw wrong(unterminated, "bad format in substitution expression");
        }
        String source = upTo(mark, true, unterminated);
        String with = upTo(mark, false, unterminated);
        int which = 0;
        boolean all = false;
        boolean zero = false;
        boolean prints = false;
        boolean ignoring = false;
        boolean multiline = false;
        String file = "";
        while (true) {
            char c = peek();
            if (c != NONE && Character.isDigit(c)) {
                which = (int) number();
                zero = which == 0;
                if (zero && gnu) {
                    throw wrong("number option to `s' command may not be zero", "");
                }
                continue;
            }
            if (c == NONE || " \t\n;}#".indexOf(c) >= 0) {
                break;
            }
            at++;
            switch (c) {
                case 'g' -> {
                    if (all && gnu) {
                        throw wrong("multiple `g' options to `s' command", "");
                    }
                    all = true;
                }
                case 'p' -> prints = true;
                case 'i', 'I' -> ignoring = true;
                case 'm', 'M' -> multiline = true;
                case 'w' -> {
                    blanks();
                    file = word("\n");
                }
                default -> throw wrong("unknown option to `s'", "bad option in substitution expression");
            }
            if (!file.isEmpty()) {
                break;
            }
        }
        PosixRegex regex = regex(source, ignoring, multiline);
        List<Part> parts = SedText.replacement(with, gnu);
        for (Part part : parts) {
            if (gnu && regex != null && part.group() > regex.groups()) {
                throw wrong("invalid reference \\" + part.group() + " on `s' command's RHS", "");
            }
        }
        if (file.isEmpty()) {
            end();
        }
        return new Substitution(regex, parts, !gnu && all ? 1 : Math.max(1, which), all || zero, prints, file);
    }

    private void transliteration(SedCommand command) {
        char mark = take();
        if (mark == NONE) {
            throw wrong("unterminated `y' command", "bad format in substitution expression");
        }
        command.text = SedText.plain(upTo(mark, false, "unterminated `y' command"));
        command.more = SedText.plain(upTo(mark, false, "unterminated `y' command"));
        if (command.text.length() != command.more.length() && gnu) {
            throw wrong("strings for `y' command are different lengths", "");
        }
        end();
    }

    /** What {@code a}, {@code i} and {@code c} print: the rest of the line, or the lines behind a backslash. */
    private void text(SedCommand command) {
        blanks();
        if (peek() == NONE) {
            if (gnu) {
                throw wrong("expected \\ after `a', `c' or `i'", "");
            }
            command.text = "\n";
            return;
        }
        if (peek() == '\\') {
            at++;
            int behind = at;
            blanks();
            if (peek() == '\n') {
                at++;
            } else {
                at = behind;
            }
            if (peek() == NONE && gnu) {
                throw wrong("expected \\ after `a', `c' or `i'", "");
            }
        }
        StringBuilder out = new StringBuilder();
        while (peek() != NONE && peek() != '\n') {
            char c = take();
            if (c == '\\' && peek() != NONE) {
                c = take();
                out.append(gnu && c == 't' ? '\t' : c);
            } else {
                out.append(c);
            }
        }
        at += peek() == '\n' ? 1 : 0;
        command.text = out.append('\n').toString();
    }
}
