package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** {@code tee [-a] FILE…}: passes its input on and keeps a copy. */
final class TeeProgram extends Filter {
    @Override
    int filter(Invocation invocation) throws IOException {
        Options options = Options.parse(invocation.arguments(), "a");
        List<OutputStream> files = new ArrayList<>();
        try {
            for (String name : options.operands()) {
                files.add(Files.newOutputStream(
                        invocation.directory().resolve(name),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        options.has('a') ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING));
            }
            byte[] buffer = new byte[8192];
            for (int n = invocation.input().read(buffer);
                    n >= 0;
                    n = invocation.input().read(buffer)) {
                invocation.output().write(buffer, 0, n);
                for (OutputStream file : files) {
                    file.write(buffer, 0, n);
                }
            }
        } finally {
            for (OutputStream file : files) {
                file.close();
            }
        }
        return 0;
    }
}
