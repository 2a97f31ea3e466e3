package dev.kuar.process;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Standard input of this process, read no further than asked: a child that inherits it goes on where kuar stopped, as with any
 * shell whose lines come from a pipe.
 */
public final class ProcessInput extends InputStream {
    private final FileInputStream descriptor = new FileInputStream(FileDescriptor.in);

    @Override
    public int read() throws IOException {
        return descriptor.read();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        return descriptor.read(to, offset, length);
    }

    @Override
    public int available() throws IOException {
        return descriptor.available();
    }
}
