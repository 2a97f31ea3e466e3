package dev.kuar.practice.python;

/** {@code None}, and {@code ...}. */
enum Nothing {
    NONE,
    ELLIPSIS
}
