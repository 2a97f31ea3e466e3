/**
 * JLine: reads, completes, highlights, dispatches, notifies. Door: {@code KuarHost}. Uses cli, tutor, kube, process, output, error
 * and its own shell.language and shell.program.
 *
 * <p>Odd on purpose: nothing is built before the first prompt that the prompt does not need; the command tree, the terminal's pager
 * and the completer's model are made when first used.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.shell;
