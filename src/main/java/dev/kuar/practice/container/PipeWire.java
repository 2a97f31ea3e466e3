package dev.kuar.practice.container;

import dev.kuar.practice.network.Wire;
import java.io.IOException;
import java.io.OutputStream;

/** The end of a connection that writes what is sent to a pipe; bytes after its reader has gone are dropped. */
public record PipeWire(OutputStream sink) implements Wire {
    @Override
    public void send(byte[] bytes) {
        try {
            sink.write(bytes);
        } catch (IOException gone) {
            return;
        }
    }

    @Override
    public void end() {
        try {
            sink.close();
        } catch (IOException gone) {
            return;
        }
    }
}
