/** Attempts and saved state. Door: {@code ProgressStore}. Uses lesson, error. */
@org.jspecify.annotations.NullMarked
package dev.kuar.progress;
