package dev.kuar.practice.container;

import org.jspecify.annotations.Nullable;

/**
 * Where a command of sed applies.
 *
 * @param kind {@code n} a line, {@code $} the last, {@code /} an expression, {@code ~} each {@code step}th from {@code number}, {@code
 *     +} so many more lines, {@code %} up to a multiple
 * @param regex null for the one that was used last, and for other kinds
 */
record SedAddress(
        char kind, long number, long step, @Nullable PosixRegex regex) {}
