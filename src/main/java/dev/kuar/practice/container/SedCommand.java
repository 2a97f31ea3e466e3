package dev.kuar.practice.container;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One command of sed: where it applies, what it does, and with what. */
final class SedCommand {
    /** Where it applies; null for everywhere. */
    @Nullable
    SedAddress from;

    @Nullable
    SedAddress to;

    boolean negated;
    char name;
    /** Text to print, a label, a file or the two lists of {@code y}. */
    String text = "";

    String more = "";
    int number = -1;
    /** Of a block, the index behind it; of a branch, where it goes. */
    int jump = -1;

    @Nullable
    Substitution substitution;

    /** Whether a range is open, and up to which line where that is known. */
    boolean active;

    long last;

    /**
     * What {@code s} does.
     *
     * @param regex null for the one that was used last
     * @param parts of the replacement
     * @param which the first match that is replaced
     * @param file where to write changed lines; empty for nowhere
     */
    record Substitution(
            @Nullable PosixRegex regex, List<Part> parts, int which, boolean all, boolean prints, String file) {}

    /**
     * A piece of a replacement.
     *
     * @param group what it repeats; -1 for text
     * @param text as it is; {@code U}, {@code L}, {@code u}, {@code l} or {@code E} where {@code group} is -2
     */
    record Part(int group, String text) {
        static final int TEXT = -1;
        static final int CASE = -2;
    }
}
