/** kubectl's commands, one a file, and the flags, resource builder and results they share. */
@org.jspecify.annotations.NullMarked
package dev.kuar.kubectl.command;
