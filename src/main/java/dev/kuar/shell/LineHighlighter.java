package dev.kuar.shell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.LineReader;
import org.jline.reader.impl.DefaultHighlighter;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours a line while it is typed: known commands green, unknown ones red, quotes yellow, options and variables cyan. */
final class LineHighlighter extends DefaultHighlighter {
    private static final Pattern PIECE = Pattern.compile(
            "(?<quote>'[^']*'?|\"(?:[^\"\\\\]|\\\\.)*\"?)|(?<comment>(?<=^|\\s)#.*)|(?<operator>[|;&()]+|\\d?[<>]+&?)"
                    + "|(?<option>(?<=\\s)--?[\\w-]+)|(?<variable>\\$\\{?\\w+}?)|(?<word>[^\\s'\"|;&()<>$]+)|\\s+|.",
            Pattern.DOTALL);

    private final Workplace workplace;
    private final boolean color;

    LineHighlighter(Workplace workplace, boolean color) {
        this.workplace = workplace;
        this.color = color;
    }

    @Override
    public AttributedString highlight(LineReader reader, String buffer) {
        if (!color) {
            return new AttributedString(buffer);
        }
        AttributedStringBuilder text = new AttributedStringBuilder();
        Matcher piece = PIECE.matcher(buffer);
        boolean command = true;
        while (piece.find()) {
            text.append(piece.group(), style(piece, command));
            if (piece.group("operator") != null) {
                command = piece.group().matches("[|;&(]+");
            } else if (!piece.group().isBlank() && !piece.group().matches("\\w+=.*")) {
                command = false;
            }
        }
        return text.toAttributedString();
    }

    private AttributedStyle style(Matcher piece, boolean command) {
        AttributedStyle plain = AttributedStyle.DEFAULT;
        if (piece.group("quote") != null) {
            return plain.foreground(AttributedStyle.YELLOW);
        }
        if (piece.group("comment") != null) {
            return plain.faint();
        }
        if (piece.group("option") != null || piece.group("variable") != null) {
            return plain.foreground(AttributedStyle.CYAN);
        }
        if (command && piece.group("word") != null && !piece.group().contains("=")) {
            return plain.foreground(known(piece.group()) ? AttributedStyle.GREEN : AttributedStyle.RED);
        }
        return plain;
    }

    private boolean known(String name) {
        return name.startsWith("!")
                || workplace.session().aliases().containsKey(name)
                || name.matches("for|do|done|while|until|if|then|elif|else|fi|in|\\{|}")
                || workplace
                        .programs()
                        .find(
                                name,
                                workplace.session().environment(),
                                workplace.session().directory())
                        .isPresent();
    }
}
