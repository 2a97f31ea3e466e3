package dev.kuar.practice.kubelet;

import java.util.Optional;

/**
 * A file of variables, {@code NAME='value'} each, as {@code fileKeyRef} reads it: values stand in single quotes and may have
 * several lines, {@code #} begins a comment. The kubelet of Kubernetes 1.36 reads it so.
 */
final class EnvFile {
    private EnvFile() {}

    /** A line that can't be read. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(int line, String what) {
            super("invalid environment variable format at line " + line + ": " + what);
        }
    }

    /** The value of a name; empty for one that is not there or has none. What comes after it is not read. */
    static Optional<String> find(String text, String name) throws Malformed {
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].replaceFirst("^[ \t]+", "");
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int number = i + 1;
            int equals = line.indexOf('=');
            if (equals < 0) {
                throw new Malformed(number, "missing '='");
            }
            String found = line.substring(0, equals);
            if (found.isBlank()) {
                throw new Malformed(number, "empty variable name");
            }
            if (found.endsWith(" ") || found.endsWith("\t")) {
                throw new Malformed(number, "whitespace before '=' is not allowed");
            }
            String rest = line.substring(equals + 1);
            if (rest.startsWith(" ") || rest.startsWith("\t")) {
                if (found.equals(name)) {
                    return Optional.empty();
                }
                continue;
            }
            if (!rest.startsWith("'")) {
                throw new Malformed(number, "value must be enclosed in single quotes");
            }
            StringBuilder value = new StringBuilder();
            rest = rest.substring(1);
            while (rest.indexOf('\'') < 0) {
                value.append(rest).append('\n');
                if (++i >= lines.length) {
                    throw new Malformed(number, "unclosed single quote");
                }
                rest = lines[i];
            }
            int end = rest.indexOf('\'');
            String after = rest.substring(end + 1).strip();
            if (!after.isEmpty() && !after.startsWith("#")) {
                throw new Malformed(i + 1, "unexpected content after closing quote");
            }
            if (found.equals(name)) {
                return Optional.of(value.append(rest, 0, end).toString()).filter(each -> !each.isEmpty());
            }
        }
        return Optional.empty();
    }
}
