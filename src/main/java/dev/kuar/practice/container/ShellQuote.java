package dev.kuar.practice.container;

/** Words as a shell could read them again. */
final class ShellQuote {
    private ShellQuote() {}

    /** In single quotes, whatever stands in it. */
    static String always(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** In single quotes where it needs some. */
    static String whereNeeded(String text) {
        return text.matches("[\\w@%+=:,./^-]+") ? text : always(text);
    }

    /** In double quotes, as bash declares variables. */
    static String twice(String text) {
        return '"' + text.replaceAll("([\"\\\\$`])", "\\\\$1") + '"';
    }
}
