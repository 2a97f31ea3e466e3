package dev.kuar.guard;

/** What a cluster is to kuar, and so what kuar may do to it. */
public enum Standing {
    /** A practice cluster of this KUAR_HOME. */
    PRACTICE("practice", true),
    /** A real cluster that kuar made through a real tool. */
    CREATED("created", true),
    /** A real cluster of the learner's, opened for writes by {@code cluster adopt}. */
    ADOPTED("adopted", true),
    /** Any other: only ever read. */
    READ_ONLY("read-only", false);

    private final String word;
    private final boolean writable;

    Standing(String word, boolean writable) {
        this.word = word;
        this.writable = writable;
    }

    /** How it is written in the prompt and in {@code cluster list}, in every language. */
    public String word() {
        return word;
    }

    public boolean isWritable() {
        return writable;
    }
}
