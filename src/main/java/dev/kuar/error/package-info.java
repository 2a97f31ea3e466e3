/** Failures that a user can act on. Door: {@code Reason}, {@code UserException}. Uses nothing. */
@org.jspecify.annotations.NullMarked
package dev.kuar.error;
