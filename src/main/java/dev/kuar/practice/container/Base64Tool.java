package dev.kuar.practice.container;

import java.io.IOException;
import java.util.Base64;

/** {@code base64}. */
final class Base64Tool {
    private Base64Tool() {}

    static int run(Task task) throws IOException {
        byte[] all = TextTools.input(task, TextTools.files(task));
        if (FileTools.has(task, 'd')) {
            task.out().write(Base64.getMimeDecoder().decode(all));
            return 0;
        }
        task.println(Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(all));
        return 0;
    }
}
