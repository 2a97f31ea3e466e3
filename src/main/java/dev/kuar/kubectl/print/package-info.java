/** Turns answers into what kubectl prints: tables, names, JSON, YAML, columns, templates. */
@org.jspecify.annotations.NullMarked
package dev.kuar.kubectl.print;
