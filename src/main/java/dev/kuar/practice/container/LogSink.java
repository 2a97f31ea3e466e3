package dev.kuar.practice.container;

/** Takes what the main process of a container prints. */
@FunctionalInterface
public interface LogSink {
    /** @param stream {@code stdout} or {@code stderr} */
    void write(String stream, byte[] bytes, int offset, int count);
}
