package dev.kuar.practice.redis;

/** A command that the server refuses; the message is its answer without the dash. */
final class RedisError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RedisError(String message) {
        super(message, null, false, false);
    }

    String text() {
        return String.valueOf(getMessage());
    }

    static RedisError syntax() {
        return new RedisError("ERR syntax error");
    }

    static RedisError notWhole() {
        return new RedisError("ERR value is not an integer or out of range");
    }

    static RedisError wrongType() {
        return new RedisError("WRONGTYPE Operation against a key holding the wrong kind of value");
    }
}
