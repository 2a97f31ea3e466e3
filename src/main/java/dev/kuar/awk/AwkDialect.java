package dev.kuar.awk;

import java.util.Locale;

/** Whose words and small habits an awk has. Where it is kuar's own it speaks as mawk does and can all that POSIX asks for. */
public enum AwkDialect {
    KUAR,
    MAWK,
    BUSYBOX;

    private static final String COMMAND_LINE = "cmd. line";

    boolean isBusybox() {
        return this == BUSYBOX;
    }

    /** The exit code of a failure. */
    int failed() {
        return isBusybox() ? 1 : 2;
    }

    /** What is printed as an integer stays below this; Debian's mawk counts as an int does. */
    double widest() {
        return this == MAWK ? 0x1p31 : 0x1p63;
    }

    boolean hasIntervals() {
        return this != MAWK;
    }

    /** Whether a slash in brackets belongs to the expression. */
    boolean knowsBrackets() {
        return !isBusybox();
    }

    boolean keepsUnknownEscapes() {
        return !isBusybox();
    }

    boolean dividesByZero() {
        return this == MAWK;
    }

    /** The place of a fault in the program. */
    private String at(String file, int line) {
        if (isBusybox()) {
            return (file.isEmpty() ? COMMAND_LINE : file) + ":" + line + ": ";
        }
        return (file.isEmpty() ? "" : file + ": ") + "line " + line + ": ";
    }

    AwkFailure syntax(String file, int line, String near) {
        return new AwkFailure(at(file, line) + (isBusybox() ? "Unexpected token" : "syntax error at or near " + near));
    }

    AwkFailure extraBrace(String file, int line, String near) {
        return isBusybox()
                ? syntax(file, line, near)
                : new AwkFailure(
                        at(file, line) + "extra '}'\nawk: " + at(file, line) + "syntax error at or near " + near);
    }

    AwkFailure missing(String file, int line, String what, String near) {
        return new AwkFailure(
                at(file, line) + (isBusybox() ? "Unexpected token" : "missing " + what + " near " + near));
    }

    AwkFailure runaway(String file, int line, boolean string, String text) {
        String what = string ? "string constant \"" : "regular expression /";
        String shown = text.length() > 10 ? text.substring(0, 10) : text;
        return new AwkFailure(
                at(file, line) + (isBusybox() ? "Unexpected end of string" : "runaway " + what + shown + " ..."));
    }

    AwkFailure undefined(String file, int line, String function) {
        return new AwkFailure(at(file, line)
                + (isBusybox() ? "Call to undefined function" : "function " + function + " never defined"));
    }

    /** A fault that mawk sees when it reads the program. */
    AwkFailure improper(String file, int line, String busybox, String words) {
        return new AwkFailure(at(file, line) + (isBusybox() ? busybox : words));
    }

    AwkFailure strange(String file, int line, char c) {
        return isBusybox()
                ? syntax(file, line, "")
                : new AwkFailure((file.isEmpty() ? "" : file + ": ") + line + ": unexpected character '" + c + "'");
    }

    AwkFailure wrongNumber(String file, int line, String function) {
        return new AwkFailure(at(file, line)
                + (isBusybox() ? "Too few arguments" : "wrong number of arguments in call to " + function));
    }

    AwkFailure tooManyArguments(String file, int line, String function) {
        return new AwkFailure(at(file, line) + "too many arguments in call to " + function);
    }

    AwkFailure division(String file, int line, String operator) {
        return new AwkFailure(
                isBusybox()
                        ? at(file, line) + "Division by zero"
                        : operator.equals("%") ? "division by zero in %" : "division by zero");
    }

    AwkFailure regex(String regex, String why) {
        return new AwkFailure(
                isBusybox()
                        ? "bad regex '" + regex + "': " + busybox(why)
                        : "line 1: regular expression compile failed (" + why + ")\n" + regex);
    }

    private static String busybox(String why) {
        return switch (why) {
            case "missing ')'" -> "Unmatched ( or \\(";
            case "missing ']'" -> "Unmatched [, [^, [:, [., or [=";
            case "unexpected ')'" -> "Unmatched ) or \\)";
            default -> "Invalid preceding regular expression";
        };
    }

    AwkFailure cannotRead(String path, String why) {
        return new AwkFailure(isBusybox() ? path + ": " + why : "cannot open " + path + " (" + why + ")");
    }

    AwkFailure cannotReadProgram(String path, String why) {
        return new AwkFailure(
                isBusybox() ? "can't open '" + path + "': " + why : "cannot open " + path + " (" + why + ")");
    }

    AwkFailure cannotWrite(String path, String why) {
        return new AwkFailure(
                isBusybox()
                        ? "can't open '" + path + "': " + why
                        : "cannot open \"" + path + "\" for output (" + why + ")");
    }

    /** A fault while it runs, which mawk says with where it was. */
    AwkFailure running(String file, int line, String busybox, String mawk, String where) {
        return new AwkFailure(isBusybox() ? at(file, line) + busybox : "run time error: " + mawk + "\n\t" + where);
    }

    String unknownOption(String option) {
        return isBusybox()
                ? "invalid option -- '" + option.substring(1, Math.min(2, option.length())) + "'"
                : "not an option: " + option;
    }

    String valueMissing(String letter) {
        return isBusybox()
                ? "option requires an argument -- '" + letter + "'"
                : "option -" + letter.toLowerCase(Locale.ROOT) + " lacks argument";
    }

    String usage() {
        return isBusybox()
                ? "BusyBox v1.37.0 () multi-call binary.\n\nUsage: awk [OPTIONS] [AWK_PROGRAM] [FILE]...\n\n\t-v VAR=VAL\tSet variable\n\t-F SEP\t\tUse SEP as field"
                        + " separator\n\t-f FILE\t\tRead program from FILE\n\t-e AWK_PROGRAM\n"
                : "Usage: awk [Options] [Program] [file ...]\n\nProgram:\n    The -f option value is the name of a file"
                        + " containing program text.\n    If no -f option is given, a \"--\" ends option processing; the"
                        + " following\n    parameters are the program text.\n\nOptions:\n    -f program-file  Program  text is"
                        + " read from file instead of from the\n                     command-line.  Multiple -f options are"
                        + " accepted.\n    -F value         sets the field separator, FS, to value.\n    -v var=value     assigns"
                        + " value to program variable var.\n    --               unambiguous end of options.\n";
    }
}
