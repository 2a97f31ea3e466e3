/** picocli: parses, delegates, prints what comes back. Door: {@code CommandTree}. Uses all but shell. */
@org.jspecify.annotations.NullMarked
package dev.kuar.cli;
