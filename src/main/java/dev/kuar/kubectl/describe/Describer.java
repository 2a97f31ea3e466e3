package dev.kuar.kubectl.describe;

import dev.kuar.kubectl.data.Tree;

/** Describes objects of one kind. */
@FunctionalInterface
interface Describer {
    /** Writes what is to be said of {@code object}; {@code cluster} answers what has to be looked up. */
    void describe(Tree object, Sheet sheet, Cluster cluster);
}
