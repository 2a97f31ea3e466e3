package dev.kuar.lesson;

/** What is the matter, and what to try; the second may be empty. Markdown. */
public record ReasonText(String what, String tryNext) {
    static ReasonText of(String text) {
        int end = text.indexOf("\n\n");
        return end < 0
                ? new ReasonText(text.strip(), "")
                : new ReasonText(
                        text.substring(0, end).strip(), text.substring(end).strip());
    }
}
