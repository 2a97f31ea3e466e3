/** JLine: reads, completes, highlights, dispatches, notifies. Door: {@code Shell}. Uses cli, tutor, kube, process, output, error. */
@org.jspecify.annotations.NullMarked
package dev.kuar.shell;
