/**
 * picocli: parses, delegates, prints what comes back. Door: {@code CommandTree}. Uses all but shell.
 *
 * <p>Odd on purpose: the tree is built anew for each line and only along the branch that the line names; see {@code
 * CommandTree}. The commands stand in {@code Commands}, one line each.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.cli;
