package dev.kuar.practice.schema;

/**
 * One column of a kind's table, as {@code kubectl get} shows it.
 *
 * @param name the header, for instance {@code Ready}
 * @param type {@code string}, {@code integer}, {@code number}, {@code boolean} or {@code date}
 * @param format {@code name} for the column with the object's name, else mostly empty
 * @param description what {@code columnDefinitions} says; {@code @Type.field} stands for that field's own description
 * @param priority 0 is always shown, more only with {@code -o wide}
 * @param cell how the value is found: a path with a leading dot, or the name of a computed cell
 */
public record Column(String name, String type, String format, String description, int priority, String cell) {}
