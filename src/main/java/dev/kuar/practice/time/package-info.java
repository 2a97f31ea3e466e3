/** The clock of a practice cluster. Uses nothing. */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.time;
