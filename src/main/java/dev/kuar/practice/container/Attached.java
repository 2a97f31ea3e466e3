package dev.kuar.practice.container;

/** Who has joined the main process of a container, and is told what it prints. */
interface Attached {
    /** @param stream {@code stdout} or {@code stderr} */
    void printed(String stream, byte[] bytes, int offset, int count);
}
