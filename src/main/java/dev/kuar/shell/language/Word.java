package dev.kuar.shell.language;

import java.util.List;

/**
 * One word of a line before expansion: pieces that stand side by side.
 *
 * @param start where it begins in the source
 */
record Word(List<Part> parts, int start) {

    Word {
        parts = List.copyOf(parts);
    }

    /** A piece of a word; {@code quoted} pieces are neither split nor globbed. */
    sealed interface Part {
        boolean quoted();
    }

    record Text(String text, boolean quoted) implements Part {}

    /** {@code $NAME}, {@code ${NAME}}, {@code ${NAME:-fallback}}; the fallback is empty where none is given. */
    record Variable(String name, Word fallback, boolean quoted) implements Part {}

    /** {@code $(…)}. */
    record Substitution(Script script, boolean quoted) implements Part {}

    static final Word EMPTY = new Word(List.of(), 0);

    /** The word's text if nothing in it is quoted or expanded; else empty. Keywords and aliases are such words. */
    String bare() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (!(part instanceof Text plain) || plain.quoted()) {
                return "";
            }
            text.append(plain.text());
        }
        return text.toString();
    }
}
