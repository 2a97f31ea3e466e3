/** The model of courses and lessons; loads and lints them. Door: {@code CourseLoader}. Uses check, error. */
@org.jspecify.annotations.NullMarked
package dev.kuar.lesson;
