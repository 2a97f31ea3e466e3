package dev.kuar.practice.container;

import java.io.IOException;
import java.util.List;

/** {@code chroot}: runs a program, or a shell, that sees a directory as its root. */
final class ChrootTool implements Tool {
    @Override
    public int run(Task task) throws IOException, InterruptedException {
        List<String> args = SystemTools.arguments(task);
        boolean gnu = task.container().spec().image().flavour().equals("gnu");
        if (args.isEmpty()) {
            return task.fail(gnu ? 125 : 1, gnu ? "missing operand" : "usage: chroot NEWROOT [PROG ARGS]");
        }
        try {
            if (!task.container().spec().confinement().may(task.who(), "SYS_CHROOT")) {
                throw new FileError(FileError.Kind.NOT_PERMITTED, args.get(0));
            }
            task.files().changeRoot(args.get(0));
        } catch (FileError e) {
            return task.fail(
                    gnu ? 125 : 1,
                    (gnu ? "cannot" : "can't") + " change root directory to '" + args.get(0) + "': " + e.words());
        }
        String shell = task.env("SHELL").isEmpty() ? "/bin/sh" : task.env("SHELL");
        return SystemTools.runOther(task, args.size() > 1 ? args.subList(1, args.size()) : List.of(shell, "-i"));
    }
}
