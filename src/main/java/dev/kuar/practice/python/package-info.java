/**
 * Python 3 in small: a lexer, a parser and an interpreter of statements, functions, classes and exceptions, the everyday
 * part of its library, and the file server of {@code http.server}. Doors: {@code Python}, {@code FileServer}. Uses network.
 *
 * <p>Intentional: what Python knows and this interpreter does not is refused in words of its own ({@code NotModelled}), never
 * taken for a fault of the program; output that goes to no terminal is buffered until it is 8 kB, as Python's is.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.python;
