/**
 * Runs programs, of the system or our own, and streams or keeps what they print. Door: {@code Program}, {@code
 * ProgramRegistry}, {@code KuarHome}. Uses error.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.process;
