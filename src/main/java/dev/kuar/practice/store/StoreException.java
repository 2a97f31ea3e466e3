package dev.kuar.practice.store;

/** The store cannot do what it was asked: its file is locked, damaged, or its disk is full. Nothing was written. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
