package dev.kuar.practice.container;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** cat: files one after the other, also with numbers and with what cannot be seen made visible. */
final class CatTool {
    private final Task task;
    private final boolean gnu;
    private boolean numbers;
    private boolean filledOnly;
    private boolean ends;
    private boolean tabs;
    private boolean unseen;
    private boolean squeezes;
    private int number;
    private boolean lineStarts = true;
    private boolean afterEmpty;

    CatTool(Task task) {
        this.task = task;
        this.gnu = task.container().spec().image().flavour().equals("gnu");
    }

    int run() throws IOException {
        List<String> files = new ArrayList<>();
        boolean options = true;
        for (String arg : task.args().subList(1, task.args().size())) {
            if (options && arg.equals("--")) {
                options = false;
            } else if (options && arg.startsWith("--") && gnu) {
                if (!named(arg)) {
                    return wrong("unrecognized option '" + arg + "'");
                }
            } else if (options && arg.matches("-.+")) {
                for (char letter : arg.substring(1).toCharArray()) {
                    if ((gnu ? "AbeEnstTuv" : "Abentv").indexOf(letter) < 0) {
                        return wrong("invalid option -- '" + letter + "'");
                    }
                    take(letter);
                }
            } else {
                files.add(arg);
            }
        }
        boolean plain = !numbers && !ends && !tabs && !unseen && !squeezes;
        int code = 0;
        for (String file : files.isEmpty() ? List.of("-") : files) {
            try {
                boolean streams = file.equals("-") || task.files().stat(file) instanceof Inode.DeviceNode;
                InputStream in = streams
                        ? file.equals("-") ? task.in() : device(file)
                        : new ByteArrayInputStream(task.files().read(file));
                if (plain) {
                    TextTools.pump(task, in);
                } else {
                    show(in);
                }
            } catch (FileError e) {
                boolean reading = e.kind() == FileError.Kind.IS_A_DIRECTORY;
                String words = gnu
                        ? file + ": " + e.words()
                        : reading ? "read error: " + e.words() : "can't open '" + file + "': " + e.words();
                code = task.fail(1, words);
            }
        }
        return code;
    }

    private boolean named(String option) {
        switch (option) {
            case "--show-all" -> take('A');
            case "--number-nonblank" -> take('b');
            case "--show-ends" -> take('E');
            case "--number" -> take('n');
            case "--squeeze-blank" -> take('s');
            case "--show-tabs" -> take('T');
            case "--show-nonprinting" -> take('v');
            default -> {
                return false;
            }
        }
        return true;
    }

    private void take(char letter) {
        numbers |= letter == 'n' || letter == 'b';
        filledOnly |= letter == 'b';
        ends |= letter == 'A' || letter == 'e' || letter == 'E';
        tabs |= letter == 'A' || letter == 't' || letter == 'T';
        unseen |= "Aetv".indexOf(letter) >= 0;
        squeezes |= letter == 's';
    }

    private int wrong(String words) throws IOException {
        return task.fail(1, gnu ? words + "\nTry 'cat --help' for more information." : words);
    }

    private InputStream device(String file) {
        InputStream in = ShellRedirects.Opened.read(task, task.fds(), file).in();
        return in == null ? InputStream.nullInputStream() : in;
    }

    private void show(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            boolean empty = lineStarts && c == '\n';
            if (empty && squeezes && afterEmpty) {
                continue;
            }
            if (lineStarts && numbers && !(filledOnly && empty)) {
                line.write("%6d\t".formatted(++number).getBytes(StandardCharsets.UTF_8));
            }
            if (lineStarts) {
                afterEmpty = empty;
            }
            lineStarts = c == '\n';
            if (c == '\n') {
                line.write((ends ? "$\n" : "\n").getBytes(StandardCharsets.UTF_8));
                task.out().write(line.toByteArray());
                line.reset();
            } else {
                line.write(seen(c).isEmpty() ? new byte[] {(byte) c} : seen(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        task.out().write(line.toByteArray());
    }

    /** {@code ^A} and {@code M-x} where that is asked for; empty for a byte as it is. */
    private String seen(int c) {
        if (c == '\t') {
            return tabs ? "^I" : "";
        }
        if (!unseen || c >= 32 && c < 127) {
            return "";
        }
        String high = c >= 128 ? "M-" : "";
        int low = c & 127;
        return high + (low == 127 ? "^?" : low < 32 ? "^" + (char) (low + 64) : Character.toString((char) low));
    }
}
