/**
 * POSIX awk: a lexer, a parser to a tree of records, and an interpreter that streams records. Door: {@code Awk}; what is around a
 * program (files, commands, variables) it reaches through {@code AwkHost}. Uses nothing.
 *
 * <p>Intentional: arrays are walked in the order in which their elements came; characters are Unicode's, as in busybox and
 * gawk, also in the words of mawk; output is written out before a read that would wait where somebody watches.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.awk;
