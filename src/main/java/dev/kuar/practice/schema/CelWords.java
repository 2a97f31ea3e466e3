package dev.kuar.practice.schema;

import java.util.Set;

/** The words that CEL keeps for itself: no variable has such a name, and a field of one is reached by another. */
public final class CelWords {
    public static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private CelWords() {}
}
