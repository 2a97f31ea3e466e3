package dev.kuar.practice.cel;

/**
 * Turns the object literals of mutating policies, {@code Object.spec{replicas: 3}} and {@code JSONPatch{op: "add"}}, into
 * map literals, {@code {"replicas": 3}}: what they make is a tree either way.
 */
public final class ObjectExpressions {
    private final String in;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private ObjectExpressions(String in) {
        this.in = in;
    }

    public static String asMaps(String expression) {
        ObjectExpressions rewriting = new ObjectExpressions(expression);
        rewriting.until('\0');
        return rewriting.out.toString();
    }

    /** Copies up to the bracket that closes, and over it. */
    private void until(char close) {
        while (at < in.length()) {
            char c = in.charAt(at);
            if (c == '"' || c == '\'') {
                string(c);
            } else if (Character.isJavaIdentifierStart(c) && !follows()) {
                if (isTyped()) {
                    literal();
                }
            } else {
                out.append(c);
                at++;
                if (c == '(' || c == '[' || c == '{') {
                    until(c == '(' ? ')' : c == '[' ? ']' : '}');
                } else if (c == close) {
                    return;
                }
            }
        }
    }

    /** Whether what is here goes on a name or a path. */
    private boolean follows() {
        return at > 0 && (Character.isJavaIdentifierPart(in.charAt(at - 1)) || in.charAt(at - 1) == '.');
    }

    /** Reads a path of names; true, with nothing copied, where it is the type of a literal that begins. */
    private boolean isTyped() {
        int end = at;
        while (end < in.length() && (Character.isJavaIdentifierPart(in.charAt(end)) || in.charAt(end) == '.')) {
            end++;
        }
        String path = in.substring(at, end);
        int next = end;
        while (next < in.length() && Character.isWhitespace(in.charAt(next))) {
            next++;
        }
        boolean named = path.equals("Object") || path.startsWith("Object.") || path.equals("JSONPatch");
        if (named && next < in.length() && in.charAt(next) == '{') {
            at = next;
            return true;
        }
        out.append(path);
        at = end;
        return false;
    }

    /** The fields of a literal: names become keys, values are rewritten in turn. */
    private void literal() {
        out.append('{');
        at++;
        boolean key = true;
        while (at < in.length()) {
            char c = in.charAt(at);
            if (key && Character.isJavaIdentifierStart(c)) {
                int end = at;
                while (end < in.length() && Character.isJavaIdentifierPart(in.charAt(end))) {
                    end++;
                }
                out.append('"').append(unescaped(in.substring(at, end))).append('"');
                at = end;
                key = false;
            } else if (c == '"' || c == '\'') {
                string(c);
            } else if (!key && Character.isJavaIdentifierStart(c) && !follows()) {
                if (isTyped()) {
                    literal();
                }
            } else {
                out.append(c);
                at++;
                if (c == ',') {
                    key = true;
                } else if (c == '}') {
                    return;
                } else if (c == '(' || c == '[' || c == '{') {
                    until(c == '(' ? ')' : c == '[' ? ']' : '}');
                }
            }
        }
    }

    /** Names that CEL cannot write are escaped: {@code __dash__} and the like. */
    private static String unescaped(String name) {
        return name.replace("__dot__", ".")
                .replace("__dash__", "-")
                .replace("__slash__", "/")
                .replace("__underscores__", "__")
                .replaceFirst("^__(\\w+)__$", "$1");
    }

    private void string(char quote) {
        boolean raw = at > 0 && (in.charAt(at - 1) == 'r' || in.charAt(at - 1) == 'R');
        String close = in.startsWith(String.valueOf(quote).repeat(3), at)
                ? String.valueOf(quote).repeat(3)
                : String.valueOf(quote);
        int end = at + close.length();
        while (end < in.length() && !in.startsWith(close, end)) {
            end += !raw && in.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(in.length(), end + close.length());
        out.append(in, at, end);
        at = end;
    }
}
