package dev.kuar.kubectl.rest;

/** Reads Warning headers: {@code 299 - "text"}. */
final class Warnings {
    private Warnings() {}

    static String text(String header) {
        int open = header.indexOf('"');
        int close = header.lastIndexOf('"');
        if (open < 0 || close <= open) {
            return header;
        }
        return header.substring(open + 1, close).replace("\\\"", "\"").replace("\\\\", "\\");
    }
}
