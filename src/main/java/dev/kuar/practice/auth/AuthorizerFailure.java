package dev.kuar.practice.auth;

/** Nobody can say whether somebody may do something: who was asked refused to answer. */
public final class AuthorizerFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String words;

    public AuthorizerFailure(String words) {
        super(words);
        this.words = words;
    }

    @Override
    public String getMessage() {
        return words;
    }
}
