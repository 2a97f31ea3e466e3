/**
 * The programs that the shell brings along, the same on every system: files and folders, variables, jobs, filters, the editor. Door:
 * {@code BuiltIns}. Uses shell.language, process, output, error.
 *
 * <p>Each does the part of its POSIX namesake that a learner meets, and says by name what it does not know.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.shell.program;
