/**
 * The language of lines: lexer, parser, expansion, evaluation, and the session that lines change. Door: {@code Evaluator}, {@code
 * Session}. Uses process, kube, output, error.
 *
 * <p>It is a part of the POSIX shell's, chosen for what a learner types, and the same on every system. What it leaves out it says
 * by name; {@code !line} goes to the system's shell.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.shell.language;
