package dev.kuar.practice.cel;

import org.jspecify.annotations.Nullable;

/** Reads formats like {@code '%s is %.2f'}: what to do at each clause is said by whoever asks. Words as cel-go's. */
final class TextFormat {
    private TextFormat() {}

    /** What stands for a clause. */
    interface Clause {
        /**
         * @param verb one of {@code sdfebxXo}
         * @param precision null where none is given
         * @param index of the argument, counted from 0
         */
        String of(char verb, @Nullable Integer precision, int index) throws Fault;
    }

    /** Why a format cannot be followed; {@code at} is the expression that is at fault, -1 for the whole. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1;
        final long at;

        Fault(String message, long at) {
            super(message);
            this.at = at;
        }

        String said() {
            return String.valueOf(getMessage());
        }
    }

    static String write(String format, int arguments, Clause clause) throws Fault {
        StringBuilder out = new StringBuilder();
        int next = 0;
        for (int i = 0; i < format.length(); i++) {
            if (format.charAt(i) != '%') {
                out.append(format.charAt(i));
            } else if (format.startsWith("%%", i)) {
                out.append('%');
                i++;
            } else {
                int end = verbAt(format, i + 1);
                if (next >= arguments) {
                    throw new Fault("index " + next + " out of range", -1);
                }
                char verb = format.charAt(end);
                if ("sdfebxXo".indexOf(verb) < 0) {
                    throw new Fault(
                            "could not parse formatting clause: unrecognized formatting clause \"" + verb + "\"", -1);
                }
                Integer precision = end == i + 1 ? null : Integer.valueOf(format.substring(i + 2, end));
                try {
                    out.append(clause.of(verb, precision, next));
                } catch (Fault fault) {
                    throw new Fault("error during formatting: " + fault.said(), fault.at);
                }
                next++;
                i = end;
            }
        }
        return out.toString();
    }

    private static int verbAt(String format, int start) throws Fault {
        int at = start;
        if (at < format.length() && format.charAt(at) == '.') {
            at++;
            while (at < format.length() && Character.digit(format.charAt(at), 10) >= 0) {
                at++;
            }
            if (at == format.length()) {
                throw new Fault(
                        "could not parse formatting clause: error while parsing precision: could not find end of"
                                + " precision specifier",
                        -1);
            }
            if (at == start + 1 || at > start + 6) {
                String digits = format.substring(start + 1, at);
                throw new Fault(
                        "could not parse formatting clause: error while parsing precision: error while converting"
                                + " precision to integer: strconv.Atoi: parsing \"" + digits + "\": invalid syntax",
                        -1);
            }
        }
        if (at >= format.length()) {
            throw new Fault("unexpected end of string", -1);
        }
        return at;
    }

    /** Why a value of a type cannot stand for the verb. */
    static Fault misfit(char verb, String type, long at) {
        String only =
                switch (verb) {
                    case 'd' -> "decimal clause can only be used on integers";
                    case 'f' -> "fixed-point clause can only be used on doubles";
                    case 'e' -> "scientific clause can only be used on doubles";
                    case 'b' -> "only integers and bools can be formatted as binary";
                    case 'x', 'X' -> "only integers, byte buffers, and strings can be formatted as hex";
                    case 'o' -> "octal clause can only be used on integers";
                    default ->
                        "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types,"
                                + " durations, and timestamps";
                };
        return new Fault(only + ", was given " + type, at);
    }
}
