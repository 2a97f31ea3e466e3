/**
 * Console, tables, Markdown, colour, messages in two languages. Door: {@code Console}. Uses error.
 *
 * <p>Only {@code Palette} writes ANSI sequences; Jansi's {@code AnsiConsole} is never installed, because JLine already holds the
 * terminal.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.output;
