package dev.kuar.practice.network;

/** One direction of a simulated connection, seen by who sends into it. Never blocks for long; harmless once ended. */
public interface Wire {
    /** Takes the bytes; the array belongs to the receiver from now on. */
    void send(byte[] bytes);

    /** No more bytes follow. */
    void end();
}
