package dev.kuar.cli;

import dev.kuar.lesson.Course;
import java.util.Optional;

/**
 * The lesson that a shell is opened in.
 *
 * @param reference {@code LESSON[/STEP]}; empty for where the learner was
 */
public record Opening(Course course, Optional<String> reference) {}
