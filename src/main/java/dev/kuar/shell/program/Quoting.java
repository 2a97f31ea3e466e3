package dev.kuar.shell.program;

/** Text as a word that reads back as itself. */
final class Quoting {
    private Quoting() {}

    static String quote(String text) {
        return text.matches("[\\w@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
