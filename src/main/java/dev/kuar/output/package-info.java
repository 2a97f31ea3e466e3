/** Console, tables, Markdown, colour, progress. Door: {@code Console}. Uses error. */
@org.jspecify.annotations.NullMarked
package dev.kuar.output;
