package dev.kuar.practice.container;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

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

    private CatTool(Task task) {
        this.task = task;
        this.gnu = Options.gnu(task);
    }

    static void addTo(Map<String, Tool> tools) {
        Tool cat = Options.tool(
                "Abentvu",
                "AbeEnstTuv",
                Map.of(
                        "show-all",
                        'A',
                        "number-nonblank",
                        'b',
                        "show-ends",
                        'E',
                        "number",
                        'n',
                        "squeeze-blank",
                        's',
                        "show-tabs",
                        'T',
                        "show-nonprinting",
                        'v'),
                1,
                (task, options) -> new CatTool(task).run(options));
        tools.put("cat", cat);
        tools.put("more", Options.tool("", "dflpcsu", Map.of(), 1, (task, options) -> new CatTool(task).run(options)));
        tools.put("less", Options.tool("EFIMmNSRh~", "EFIMmNSRXreiqQ", Map.of(), 1, (task, options) -> new CatTool(task)
                .files(options)));
    }

    private int run(Options options) throws IOException {
        options.letters().forEach(this::take);
        return files(options);
    }

    private int files(Options options) throws IOException {
        boolean plain = !numbers && !ends && !tabs && !unseen && !squeezes;
        int code = 0;
        for (String file : options.files()) {
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

    private void take(char letter) {
        numbers |= letter == 'n' || letter == 'b';
        filledOnly |= letter == 'b';
        ends |= letter == 'A' || letter == 'e' || letter == 'E';
        tabs |= letter == 'A' || letter == 't' || letter == 'T';
        unseen |= "Aetv".indexOf(letter) >= 0;
        squeezes |= letter == 's';
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
                line.write((gnu || !ends && !tabs && !unseen ? "%6d\t" : "%6d  ")
                        .formatted(++number)
                        .getBytes(StandardCharsets.UTF_8));
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
