package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** {@code cat [-n] [FILE…]}: prints files one after the other. */
final class CatProgram extends Filter {
    @Override
    int filter(Invocation invocation) throws IOException {
        Options options = Options.parse(invocation.arguments(), "n");
        int[] number = {0};
        int exit = 0;
        for (String name : orInput(options.operands())) {
            try {
                if (options.has('n')) {
                    eachLine(invocation, name, line -> {
                        print(invocation, String.format("%6d\t%s", ++number[0], line));
                        return true;
                    });
                } else {
                    copy(invocation, name);
                }
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                complain(invocation, reason(e));
                exit = FAILED;
            }
        }
        return exit;
    }

    private static void copy(Invocation invocation, String name) throws IOException {
        InputStream in = open(invocation, name);
        try {
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                invocation.output().write(buffer, 0, n);
            }
        } finally {
            if (in != invocation.input()) {
                in.close();
            }
        }
    }
}
