package dev.kuar.lesson;

import java.util.ArrayList;
import java.util.List;

/**
 * The commands of a shell line, as words without their quotes, each where it stands: in pipelines and lists, in
 * {@code $(…)} also within double quotes and here-documents.
 *
 * <p>Knows no more of the shell's language than telling commands apart needs, and takes what it doesn't know for a command.
 */
final class LineWords {
    /** Stands in a word for what is only known when the line runs. */
    static final char COMPUTED = '\u0000';

    private static final String SEPARATORS = "|&;()\n";

    private final String text;
    private final List<List<String>> commands = new ArrayList<>();
    private final List<String> documents = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean begun;
    private int at;

    private LineWords(String text) {
        this.text = text;
    }

    /** The commands of a line, the inner ones before those around them. */
    static List<List<String>> commands(String line) {
        LineWords reader = new LineWords(line + "\n");
        reader.read(false);
        return reader.commands;
    }

    /** Reads to the end, or to the parenthesis that closes a substitution. */
    private void read(boolean inner) {
        int open = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\'') {
                begun = true;
                int end = text.indexOf('\'', at);
                word.append(text, at, end < 0 ? text.length() : end);
                at = end < 0 ? text.length() : end + 1;
            } else if (c == '"') {
                begun = true;
                quoted('"');
            } else if (c == '\\' && at < text.length()) {
                char next = text.charAt(at++);
                if (next != '\n') {
                    word.append(next);
                }
            } else if (c == '$' || c == '`') {
                substitution(c);
            } else if (c == '#' && !begun && word.isEmpty()) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ')' && inner && open == 0) {
                endCommand();
                return;
            } else if (SEPARATORS.indexOf(c) >= 0) {
                open += c == '(' ? 1 : c == ')' ? -1 : 0;
                endCommand();
                if (c == '\n') {
                    documents();
                }
            } else if (Character.isWhitespace(c)) {
                endWord();
            } else if (c == '<' || c == '>') {
                redirection(c);
            } else {
                word.append(c);
            }
        }
        endCommand();
    }

    private void quoted(char end) {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == end) {
                return;
            }
            if (c == '$' || c == '`') {
                substitution(c);
            } else if (c == '\\' && at < text.length()) {
                word.append(text.charAt(at++));
            } else {
                word.append(c);
            }
        }
    }

    private void substitution(char c) {
        word.append(COMPUTED);
        if (c == '`') {
            int end = text.indexOf('`', at);
            commands.addAll(commands(text.substring(at, end < 0 ? text.length() : end)));
            at = end < 0 ? text.length() : end + 1;
        } else if (at < text.length() && text.charAt(at) == '(') {
            LineWords inside = new LineWords(text);
            inside.at = at + 1;
            inside.read(true);
            commands.addAll(inside.commands);
            at = inside.at;
        }
    }

    /** A redirection is a word of its own, its target the next; {@code 2>&1} has none, a here-document comes later. */
    private void redirection(char c) {
        if (!word.toString().matches("[0-9]|&")) {
            endWord();
        }
        word.append(c);
        while (at < text.length() && "<>&|-".indexOf(text.charAt(at)) >= 0 && word.length() < 4) {
            word.append(text.charAt(at++));
        }
        String mark = word.toString();
        if (mark.matches("[0-9]?[<>]&-?") && at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
            word.setLength(0);
            return;
        }
        endWord();
        if (mark.matches("[0-9]?<<-?")) {
            words.remove(words.size() - 1);
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            int start = at;
            while (at < text.length()
                    && !Character.isWhitespace(text.charAt(at))
                    && "|&;<>".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            documents.add(text.substring(start, at));
        }
    }

    /** Skips the bodies of here-documents; in one whose end isn't quoted, substitutions run. */
    private void documents() {
        for (String mark : documents) {
            String end = mark.replaceAll("['\"\\\\]", "");
            int start = at;
            int stop = start;
            while (stop < text.length()) {
                int next = text.indexOf('\n', stop);
                next = next < 0 ? text.length() : next;
                if (text.substring(stop, next).strip().equals(end)) {
                    break;
                }
                stop = Math.min(text.length(), next + 1);
            }
            if (end.equals(mark)) {
                LineWords body = new LineWords(text.substring(start, stop));
                body.quoted('\uffff');
                commands.addAll(body.commands);
            }
            int after = text.indexOf('\n', stop);
            at = after < 0 ? text.length() : after + 1;
        }
        documents.clear();
    }

    private void endWord() {
        if (begun || !word.isEmpty()) {
            words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
    }

    private void endCommand() {
        endWord();
        if (!words.isEmpty()) {
            commands.add(List.copyOf(words));
            words = new ArrayList<>();
        }
    }
}
