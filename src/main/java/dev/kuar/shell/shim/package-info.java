/**
 * Lets processes that a line of the shell started use the session's tools by name: the system's shell, a script, what they
 * start.
 *
 * <p>Door: {@link dev.kuar.shell.shim.Shims}. A folder with a small script for each tool stands first on the children's PATH;
 * the script hands its words and streams to the session through named pipes that only the learner can open, and the session
 * runs the tool as if it had been typed, so that checks see it. It is a script of the system's shell because nothing else
 * starts in a few milliseconds on every system. May use {@code process} and {@code error}. There are no named pipes on
 * Windows: there the children find what PATH has.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.shell.shim;
