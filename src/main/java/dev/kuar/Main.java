package dev.kuar;

import dev.kuar.error.Edge;

/** Wires the program; the only place that exits. */
@Edge("the entry point")
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(0);
    }
}
