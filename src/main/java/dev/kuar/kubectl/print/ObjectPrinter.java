package dev.kuar.kubectl.print;

import dev.kuar.kubectl.data.Tree;

/** Turns one object, or one List of objects, into text. */
@FunctionalInterface
public interface ObjectPrinter {
    /** The text with its final newline, where the form has one. */
    String print(Tree object);
}
