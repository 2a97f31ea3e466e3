package dev.kuar.practice.container;

import java.io.IOException;

/** The answers of whoever sits at a program's standard input. */
final class Asked {
    private Asked() {}

    /** Whether the next line begins with a y; the end of the input is a no. */
    static boolean yes(Task task) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = task.in().read(); c >= 0 && c != '\n'; c = task.in().read()) {
            line.append((char) c);
        }
        return line.toString().strip().matches("[yY].*");
    }
}
