package dev.kuar.practice.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A small vi for a terminal: h j k l and arrows, w b 0 $ gg G, i a o I A O, x D dd yy p J r u, / and n, and of the colon's commands
 * {@code :w}, {@code :q}, {@code :wq}, {@code :x}, {@code :s} and line numbers. Asks for a terminal.
 */
final class ViTool {
    private static final int ESCAPE = 27;
    private static final int NONE = -2;

    /** How long after Escape the rest of an arrow key may take. */
    private static final Duration ARROW = Duration.ofMillis(50);

    private final Task task;
    private final Tty tty;
    private final InputStream keys;
    private String file;
    private ViBuffer buffer = new ViBuffer(List.of());
    private String message = "";
    private String typed = "";
    private String sought = "";
    private boolean typing;
    private int top;
    private int code = -1;
    private int held = NONE;

    private ViTool(Task task, Tty tty, String file) {
        this.task = task;
        this.tty = tty;
        this.keys = task.in();
        this.file = file;
    }

    static void addTo(Map<String, Tool> tools) {
        tools.put("vi", ViTool::begin);
    }

    private static int begin(Task task) throws IOException, InterruptedException {
        Tty tty = task.tty(0);
        if (tty == null || task.tty(1) == null) {
            return task.fail(
                    1, "an editor needs a terminal: use kubectl exec -it, or write files with cat > FILE or sed -i");
        }
        List<String> files = FileTools.operands(task);
        ViTool vi = new ViTool(task, tty, files.isEmpty() ? "" : files.get(0));
        tty.setRaw(true);
        tty.setEcho(false);
        try {
            return vi.edit();
        } finally {
            tty.setRaw(false);
            tty.setEcho(true);
        }
    }

    private int edit() throws IOException, InterruptedException {
        read();
        task.print("\u001b[?1049h");
        while (code < 0) {
            draw();
            int key = key();
            if (key < 0) {
                break;
            }
            message = "";
            if (typing) {
                type(key);
            } else {
                command(key);
            }
        }
        task.print("\u001b[?1049l");
        return Math.max(0, code);
    }

    private void read() {
        if (file.isEmpty()) {
            return;
        }
        try {
            buffer = new ViBuffer(TextTools.split(task.files().read(file)));
            message = "'" + file + "' " + buffer.size() + (buffer.size() == 1 ? " line" : " lines");
        } catch (FileError e) {
            message = e.kind() == FileError.Kind.MISSING ? "'" + file + "' [New file]" : "'" + file + "' " + e.words();
        }
    }

    private void draw() throws IOException {
        int height = Math.max(1, tty.rows() - 1);
        top = Math.max(Math.min(top, buffer.row()), buffer.row() - height + 1);
        StringBuilder screen = new StringBuilder("\u001b[H");
        for (int i = top; i < top + height; i++) {
            String line = i < buffer.size() ? buffer.line(i).replace("\t", "        ") : "~";
            screen.append(line, 0, Math.min(line.length(), tty.columns())).append("\u001b[K\r\n");
        }
        String name = file.isEmpty() ? "No file" : file;
        String status = typing && message.isEmpty() ? "I " : message.isEmpty() ? "- " : "";
        String text = status
                + (message.isEmpty()
                        ? name + (buffer.isChanged() ? " [Modified] " : " ") + (buffer.row() + 1) + "/" + buffer.size()
                        : message);
        screen.append(text, 0, Math.min(text.length(), Math.max(1, tty.columns() - 1)))
                .append("\u001b[K");
        int across = buffer.line(buffer.row())
                .substring(0, buffer.column())
                .replace("\t", "        ")
                .length();
        screen.append("\u001b[")
                .append(buffer.row() - top + 1)
                .append(';')
                .append(across + 1)
                .append('H');
        task.print(screen.toString());
    }

    private int key() throws IOException {
        int key = held;
        held = NONE;
        return key == NONE ? keys.read() : key;
    }

    /** An arrow's letter after Escape; 0 for the key alone. */
    private int arrow() throws IOException, InterruptedException {
        if (keys.available() == 0) {
            task.container().clock().sleep(ARROW);
        }
        if (keys.available() == 0) {
            return 0;
        }
        int next = keys.read();
        if (next == '[') {
            return keys.read();
        }
        held = next;
        return 0;
    }

    private void moveBy(int letter, boolean past) {
        switch (letter) {
            case 'A' -> buffer.move(-1, 0, past);
            case 'B' -> buffer.move(1, 0, past);
            case 'C' -> buffer.move(0, 1, past);
            case 'D' -> buffer.move(0, -1, past);
            default -> {}
        }
    }

    private void type(int key) throws IOException, InterruptedException {
        switch (key) {
            case ESCAPE -> {
                int arrow = arrow();
                if (arrow == 0) {
                    typing = false;
                    buffer.move(0, -1, false);
                } else {
                    moveBy(arrow, true);
                }
            }
            case 3 -> typing = false;
            case '\r', '\n' -> buffer.breakLine();
            case 8, 127 -> buffer.backspace();
            default -> buffer.type(character(key));
        }
    }

    /** A character of UTF-8 of which the first byte was read. */
    private char character(int first) throws IOException {
        int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
        byte[] bytes = new byte[more + 1];
        bytes[0] = (byte) first;
        for (int i = 1; i <= more; i++) {
            bytes[i] = (byte) key();
        }
        return new String(bytes, StandardCharsets.UTF_8).charAt(0);
    }

    private void insert(int columns) {
        typing = true;
        buffer.move(0, columns, true);
    }

    private void command(int key) throws IOException, InterruptedException {
        char letter = (char) key;
        if (Character.isDigit(letter) && (letter != '0' || typed.matches("\\d+"))) {
            typed += letter;
            return;
        }
        String digits = typed.replaceAll("\\D", "");
        int count = digits.isEmpty() || digits.length() > 6 ? 1 : Math.max(1, Integer.parseInt(digits));
        String pending = typed.replaceAll("\\d", "") + letter;
        if (pending.matches("[dycgZ]")) {
            typed += letter;
            return;
        }
        typed = "";
        if (!moved(pending, count, !digits.isEmpty())) {
            if (!pending.equals("u") && !pending.equals("yy")) {
                buffer.mark();
            }
            change(pending, count);
        }
    }

    private boolean moved(String pending, int count, boolean counted) throws IOException, InterruptedException {
        switch (pending) {
            case "h", "\b", "\u007f" -> buffer.move(0, -count, false);
            case "l", " " -> buffer.move(0, count, false);
            case "j", "\n", "\r", "\u000e" -> buffer.move(count, 0, false);
            case "k", "\u0010" -> buffer.move(-count, 0, false);
            case "\u001b" -> moveBy(arrow(), false);
            case "0" -> buffer.to(buffer.row(), 0);
            case "^" ->
                buffer.to(
                        buffer.row(),
                        buffer.line(buffer.row()).length()
                                - buffer.line(buffer.row()).stripLeading().length());
            case "$" -> buffer.to(buffer.row(), Integer.MAX_VALUE - 1);
            case "w" -> buffer.word(true);
            case "b" -> buffer.word(false);
            case "G" -> buffer.to(counted ? Math.min(count, buffer.size()) - 1 : buffer.size() - 1, 0);
            case "gg" -> buffer.to(0, 0);
            case "\u0006" -> buffer.move(tty.rows() - 2, 0, false);
            case "\u0002" -> buffer.move(2 - tty.rows(), 0, false);
            case "/" -> seek(asked("/"));
            case "n" -> seek("");
            case ":" -> colon(asked(":"));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void change(String pending, int count) throws IOException {
        switch (pending) {
            case "i" -> insert(0);
            case "I" -> {
                buffer.to(buffer.row(), 0);
                insert(0);
            }
            case "a" -> insert(1);
            case "A" -> insert(Integer.MAX_VALUE / 2);
            case "o", "O" -> {
                buffer.open(pending.equals("o"));
                typing = true;
            }
            case "x" -> buffer.delete(count);
            case "X" -> {
                if (buffer.column() > 0) {
                    buffer.backspace();
                }
            }
            case "D" -> buffer.deleteToEnd();
            case "C" -> {
                buffer.deleteToEnd();
                insert(1);
            }
            case "dd" -> buffer.deleteLines(count);
            case "cc" -> {
                buffer.to(buffer.row(), 0);
                buffer.deleteToEnd();
                typing = true;
            }
            case "yy" -> buffer.yank(count);
            case "p", "P" -> buffer.put(pending.equals("p"));
            case "J" -> buffer.join();
            case "r" -> buffer.replace(character(key()));
            case "u" -> buffer.undo();
            case "ZZ" -> colon("x");
            default -> message = pending.matches("\\p{Print}+") ? "'" + pending + "' is not implemented" : "";
        }
    }

    /** What is typed at the bottom of the screen; empty where that was given up. */
    private String asked(String mark) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            message = mark + line;
            task.print("\u001b[" + tty.rows() + ";1H" + message + "\u001b[K");
            int key = key();
            message = "";
            if (key == '\r' || key == '\n') {
                return line.toString();
            }
            if (key < 0 || key == ESCAPE || key == 3 || (key == 8 || key == 127) && line.length() == 0) {
                return "";
            }
            if (key == 8 || key == 127) {
                line.setLength(line.length() - 1);
            } else {
                line.append(character(key));
            }
        }
    }

    private void seek(String wanted) {
        sought = wanted.isEmpty() ? sought : wanted;
        if (sought.isEmpty() || !buffer.find(sought)) {
            message = "Pattern not found";
        }
    }

    private void colon(String line) {
        String words = line.strip();
        boolean forced = words.endsWith("!");
        String bare = forced ? words.substring(0, words.length() - 1) : words;
        if (bare.matches("(w|wq|x)( .+)?")) {
            String name = bare.contains(" ") ? bare.replaceFirst("^\\S+ +", "") : file;
            boolean needed = !bare.startsWith("x") || buffer.isChanged();
            if ((!needed || write(name)) && !bare.matches("w( .+)?")) {
                code = 0;
            }
        } else if (bare.equals("q")) {
            if (buffer.isChanged() && !forced) {
                message = "No write since last change (:q! overrides)";
            } else {
                code = 0;
            }
        } else if (bare.matches("\\d{1,8}|\\$")) {
            buffer.to(
                    bare.equals("$")
                            ? buffer.size() - 1
                            : Math.max(1, Math.min(Integer.parseInt(bare), buffer.size())) - 1,
                    0);
        } else if (bare.matches("%?s/.*")) {
            substitute(bare);
        } else if (!bare.isEmpty() && !bare.startsWith("set ")) {
            message = "'" + bare + "' is not implemented";
        }
    }

    private void substitute(String command) {
        boolean everywhere = command.startsWith("%");
        String[] parts = command.substring(everywhere ? 3 : 2).split("(?<!\\\\)/", -1);
        try {
            Pattern pattern = Pattern.compile(new PosixTranslation(parts[0], PosixRegex.Style.BASIC).java());
            String by = parts.length > 1 ? parts[1].replace("$", "\\$").replace("\\/", "/") : "";
            boolean all = parts.length > 2 && parts[2].contains("g");
            buffer.mark();
            int from = everywhere ? 0 : buffer.row();
            int count = buffer.substitute(from, everywhere ? buffer.size() : from + 1, pattern, by, all);
            message = count == 0 ? "No match" : "";
        } catch (PatternSyntaxException | PosixRegex.Wrong e) {
            message = "bad search pattern";
        }
    }

    private boolean write(String name) {
        if (name.isEmpty()) {
            message = "No current filename";
            return false;
        }
        String text = String.join("\n", buffer.content()) + "\n";
        byte[] bytes = (text.equals("\n") ? "" : text).getBytes(StandardCharsets.UTF_8);
        try {
            task.files().write(name, bytes);
        } catch (FileError e) {
            message = "'" + name + "' " + e.words();
            return false;
        }
        file = name;
        buffer.saved();
        message = "'" + name + "' " + buffer.size() + "L, " + bytes.length + "C";
        return true;
    }
}
