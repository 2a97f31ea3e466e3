package dev.kuar.practice.container;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** {@code head}: the first lines or bytes of a file or of what comes in; it ends as soon as it has them. */
final class HeadTool implements Tool {
    private record Wanted(long count, boolean bytes, List<String> files) {}

    @Override
    public int run(Task task) throws IOException {
        Wanted wanted = wanted(task.args());
        int code = 0;
        List<String> files = wanted.files().isEmpty() ? List.of("-") : wanted.files();
        for (String file : files) {
            try {
                InputStream in = Inputs.open(task, file);
                if (files.size() > 1) {
                    String before = file.equals(files.get(0)) ? "" : "\n";
                    task.println(before + "==> " + (file.equals("-") ? "standard input" : file) + " <==");
                }
                copy(task, in, wanted);
            } catch (FileError e) {
                code = task.fail(1, e.path() + ": " + e.words());
            }
        }
        return code;
    }

    private static void copy(Task task, InputStream in, Wanted wanted) throws IOException {
        byte[] buffer = new byte[8192];
        for (long left = wanted.count(); left > 0; ) {
            int got = in.read(buffer, 0, wanted.bytes() ? (int) Math.min(left, buffer.length) : buffer.length);
            if (got < 0) {
                return;
            }
            int taken = 0;
            while (taken < got && left > 0) {
                if (wanted.bytes() || buffer[taken] == '\n') {
                    left--;
                }
                taken++;
            }
            task.out().write(buffer, 0, taken);
        }
    }

    /** {@code -n 3}, {@code -n3}, {@code -3}, {@code --lines=3}, {@code -c 3} and their like. */
    private static Wanted wanted(List<String> args) {
        long count = 10;
        boolean bytes = false;
        List<String> files = new ArrayList<>();
        for (int i = 1; i < args.size(); i++) {
            String arg = args.get(i);
            String value;
            if (arg.matches("-\\d+")) {
                value = arg.substring(1);
                bytes = false;
            } else if (arg.matches("-[nc].*") || arg.matches("--(lines|bytes)=.*")) {
                bytes = arg.startsWith("-c") || arg.startsWith("--bytes");
                String joined = arg.startsWith("--") ? arg.substring(arg.indexOf('=') + 1) : arg.substring(2);
                value = !joined.isEmpty() || i + 1 == args.size() ? joined : args.get(++i);
            } else {
                if (arg.equals("-") || !arg.startsWith("-")) {
                    files.add(arg);
                }
                continue;
            }
            String digits = value.replaceAll("\\D", "");
            count = digits.isEmpty() ? count : Long.parseLong(digits) * (value.endsWith("k") ? 1024 : 1);
        }
        return new Wanted(count, bytes, files);
    }
}
