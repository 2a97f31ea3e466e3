package dev.kuar.shell.shim;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Standard input of a process that called. Nothing is taken from it before somebody reads: what a tool leaves unread belongs to
 * whoever called the tool.
 */
final class LazyInput extends InputStream {
    private final Path pipe;
    private final Orders orders;
    private @Nullable InputStream opened;

    LazyInput(Path pipe, Orders orders) {
        this.pipe = pipe;
        this.orders = orders;
    }

    @Override
    public int read() throws IOException {
        return stream().read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return length == 0 ? 0 : stream().read(target, offset, length);
    }

    private synchronized InputStream stream() throws IOException {
        InputStream known = opened;
        if (known == null) {
            orders.give("read");
            known = new FileInputStream(pipe.toFile());
            opened = known;
        }
        return known;
    }
}
