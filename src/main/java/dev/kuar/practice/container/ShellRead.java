package dev.kuar.practice.container;

import dev.kuar.practice.time.ClusterClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code read}: a line, cut where IFS says. */
final class ShellRead {
    private static final String USAGE =
            "read: usage: read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]";

    private final Shell shell;
    private final List<String> names = new ArrayList<>();
    private boolean raw;
    private boolean silent;
    private boolean exact;
    private String array = "";
    private String prompt = "";
    private int end = '\n';
    private int limit = Integer.MAX_VALUE;
    private int descriptor;
    private Duration patience = Duration.ZERO;

    /** What was read; which of its bytes a backslash stood before. */
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private final BitSet escaped = new BitSet();

    ShellRead(Shell shell) {
        this.shell = shell;
    }

    int run(List<String> args) throws IOException {
        int code = options(args);
        if (code != 0) {
            return code;
        }
        for (String name : names) {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*(\\[.*])?")) {
                shell.error(
                        shell.isDash()
                                ? shell.where("read") + name + ": bad variable name"
                                : shell.bash
                                        ? shell.where("read") + "`" + name + "': not a valid identifier"
                                        : shell.name + ": read: '" + name + "': bad variable name");
                return shell.isDash() ? 2 : 1;
            }
        }
        if (names.isEmpty() && shell.isDash()) {
            shell.error(shell.where("read") + "arg count");
            return 2;
        }
        Fd fd = shell.fds.getOrDefault(descriptor, Fd.NULL);
        Tty tty = fd.tty();
        if (!prompt.isEmpty() && tty != null) {
            Fd err = shell.fds.getOrDefault(2, Fd.NULL);
            if (err.out() != null) {
                err.out().write(prompt.getBytes(StandardCharsets.UTF_8));
            }
        }
        int status = fd.in() == null ? 1 : taken(fd.in(), tty);
        share();
        return status;
    }

    private int options(List<String> args) throws IOException {
        int i = 0;
        while (i < args.size() && args.get(i).matches("-.+")) {
            String word = args.get(i++);
            if (word.equals("--")) {
                break;
            }
            for (int at = 1; at < word.length(); at++) {
                char letter = word.charAt(at);
                boolean valued = "adinNptu".indexOf(letter) >= 0;
                String known = shell.isDash() ? "rp" : shell.bash ? "adeinNprstu" : "dnprstu";
                if (known.indexOf(letter) < 0) {
                    return wrong(letter);
                }
                if (!valued) {
                    raw |= letter == 'r';
                    silent |= letter == 's';
                    continue;
                }
                String value = word.substring(at + 1);
                if (value.isEmpty() && i >= args.size()) {
                    shell.error(shell.where("read")
                            + (shell.bash
                                    ? "-" + letter + ": option requires an argument\n" + USAGE
                                    : "No arg for -" + letter + " option"));
                    return 2;
                }
                take(letter, value.isEmpty() ? args.get(i++) : value);
                break;
            }
        }
        names.addAll(args.subList(i, args.size()));
        return 0;
    }

    private int wrong(char letter) throws IOException {
        shell.error(shell.where("read")
                + (shell.isDash()
                        ? "Illegal option -" + letter
                        : shell.bash ? "-" + letter + ": invalid option\n" + USAGE : "illegal option -" + letter));
        return 2;
    }

    private void take(char letter, String value) {
        switch (letter) {
            case 'a' -> array = value;
            case 'd' -> end = value.isEmpty() ? 0 : value.getBytes(StandardCharsets.UTF_8)[0];
            case 'n', 'N' -> {
                limit = value.matches("\\d{1,9}") ? Integer.parseInt(value) : limit;
                exact |= letter == 'N';
            }
            case 'p' -> prompt = value;
            case 't' ->
                patience = value.matches("\\d{0,9}(\\.\\d{0,9})?") && value.matches(".*\\d.*")
                        ? Duration.ofMillis((long) (Double.parseDouble(value) * 1000))
                        : patience;
            case 'u' -> descriptor = value.matches("\\d") ? Integer.parseInt(value) : 0;
            default -> {}
        }
    }

    /** Reads as far as it goes; the exit status. */
    private int taken(InputStream in, @org.jspecify.annotations.Nullable Tty tty) throws IOException {
        boolean keys = tty != null && (limit < Integer.MAX_VALUE || end != '\n');
        if (tty != null) {
            tty.setEcho(!silent);
            if (keys) {
                tty.setRaw(true);
            }
        }
        AtomicBoolean late = new AtomicBoolean();
        ClusterClock.Timeout timer = patience.isZero()
                ? () -> {}
                : shell.task().container().clock().after(patience, () -> {
                    late.set(true);
                    shell.task().interrupt();
                });
        try {
            return line(in);
        } catch (InterruptedIOException hurried) {
            if (!late.get()) {
                throw hurried;
            }
            return shell.bash ? 128 + 14 : 1;
        } finally {
            timer.cancel();
            if (late.get()) {
                boolean unused = Thread.interrupted();
            }
            if (tty != null) {
                tty.setEcho(true);
                if (keys) {
                    tty.setRaw(false);
                }
            }
        }
    }

    private int line(InputStream in) throws IOException {
        int left = limit;
        while (left > 0) {
            int c = in.read();
            if (c < 0) {
                return 1;
            }
            if (c == end && !exact) {
                return 0;
            }
            if (c == '\\' && !raw) {
                c = in.read();
                if (c < 0) {
                    return 1;
                }
                if (c == '\n') {
                    continue;
                }
                escaped.set(bytes.size());
            }
            if (c != 0) {
                bytes.write(c);
                // A character of several bytes counts once.
                left -= (c & 0xc0) == 0x80 ? 0 : 1;
            }
        }
        return 0;
    }

    private void share() throws IOException {
        byte[] all = bytes.toByteArray();
        if (!array.isEmpty()) {
            List<String> fields = new ArrayList<>();
            for (int at = skipped(all, 0); at < all.length; ) {
                int stop = fieldEnd(all, at);
                fields.add(text(all, at, stop));
                at = behind(all, stop);
            }
            shell.arrays.put(array, fields);
            return;
        }
        if (names.isEmpty()) {
            shell.assign("REPLY", text(all, 0, all.length));
            return;
        }
        int at = exact ? 0 : skipped(all, 0);
        for (int i = 0; i < names.size() - 1; i++) {
            int stop = fieldEnd(all, at);
            shell.assign(names.get(i), text(all, at, stop));
            at = behind(all, stop);
        }
        String last = names.get(names.size() - 1);
        int stop = fieldEnd(all, at);
        if (exact || behind(all, stop) < all.length) {
            // More than one field is left: all of it, without blanks at its end.
            stop = all.length;
            while (!exact && stop > at && isBlank(all, stop - 1)) {
                stop--;
            }
        }
        shell.assign(last, text(all, at, stop));
    }

    private int skipped(byte[] all, int from) {
        int at = from;
        while (at < all.length && isBlank(all, at)) {
            at++;
        }
        return at;
    }

    private int fieldEnd(byte[] all, int from) {
        int at = from;
        while (at < all.length && !isSeparator(all, at)) {
            at++;
        }
        return at;
    }

    /** Behind one separator and the blanks around it. */
    private int behind(byte[] all, int from) {
        int at = skipped(all, from);
        if (at < all.length && isSeparator(all, at)) {
            at = skipped(all, at + 1);
        }
        return at;
    }

    private boolean isSeparator(byte[] all, int at) {
        return !escaped.get(at) && separators().indexOf(all[at] & 0xff) >= 0;
    }

    private boolean isBlank(byte[] all, int at) {
        return isSeparator(all, at) && " \t\n".indexOf(all[at] & 0xff) >= 0;
    }

    private String separators() {
        return shell.isSet("IFS") ? shell.variable("IFS") : " \t\n";
    }

    private static String text(byte[] all, int from, int to) {
        return from >= to ? "" : new String(all, from, to - from, StandardCharsets.UTF_8);
    }
}
