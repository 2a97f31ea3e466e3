package dev.kuar.shell;

import dev.kuar.shell.language.Evaluator;
import dev.kuar.shell.language.LineSyntaxException;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.impl.DefaultParser;

/** Tells JLine when a line is whole, and for completion cuts out the command that the cursor is in. */
final class LineParser extends DefaultParser {
    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE) {
            try {
                Evaluator.check(line);
            } catch (LineSyntaxException e) {
                if (e.incomplete()) {
                    throw new EOFError(-1, cursor, e.key(), "");
                }
            }
            return super.parse("", 0, ParseContext.COMPLETE);
        }
        int start = commandStart(line, cursor);
        return super.parse(line.substring(start), cursor - start, ParseContext.COMPLETE);
    }

    /** Behind the last operator that begins a command before the cursor. */
    static int commandStart(String line, int cursor) {
        int start = 0;
        char quote = 0;
        for (int i = 0; i < cursor; i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'') {
                i++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '|' || c == ';' || c == '&' || c == '(' || c == '\n') {
                start = i + 1;
            }
        }
        while (start < cursor && line.charAt(start) == ' ') {
            start++;
        }
        return start;
    }
}
