package dev.kuar.practice.container;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** md5sum, sha1sum, sha256sum, sha512sum: sums of files, and {@code -c} to check them against a list. */
final class ChecksumTool {
    private static final Map<String, Character> NAMES = Map.of(
            "check",
            'c',
            "binary",
            'b',
            "text",
            't',
            "status",
            's',
            "warn",
            'w',
            "quiet",
            'q',
            "strict",
            'S',
            "tag",
            'T',
            "ignore-missing",
            'M');

    private final Task task;
    private final Options options;
    private final String algorithm;
    private final boolean gnu;

    private ChecksumTool(Task task, Options options, String algorithm) {
        this.task = task;
        this.options = options;
        this.algorithm = algorithm;
        this.gnu = Options.gnu(task);
    }

    static void addTo(Map<String, Tool> tools) {
        Map.of("md5sum", "MD5", "sha1sum", "SHA-1", "sha256sum", "SHA-256", "sha512sum", "SHA-512")
                .forEach((name, algorithm) -> {
                    Options.Body body = (task, options) -> new ChecksumTool(task, options, algorithm).run();
                    Tool busybox = Options.tool("cbtsw", body);
                    Tool gnu = Options.tool("cbtw", NAMES, 1, body);
                    tools.put(name, task -> (Options.gnu(task) ? gnu : busybox).run(task));
                });
    }

    private boolean is(char letter) {
        return options.has(letter);
    }

    private int run() throws IOException {
        if (is('c')) {
            int code = 0;
            for (String list : options.files()) {
                code = Math.max(code, check(list));
            }
            return code;
        }
        int code = 0;
        for (String file : options.files()) {
            try {
                String sum = sum(file);
                task.println(
                        is('T')
                                ? algorithm.replace("SHA-", "SHA") + " (" + file + ") = " + sum
                                : sum + (gnu && is('b') ? " *" : "  ") + file);
            } catch (FileError e) {
                code = complain(e);
            }
        }
        return code;
    }

    private int complain(FileError e) throws IOException {
        boolean directory = e.kind() == FileError.Kind.IS_A_DIRECTORY;
        return task.fail(
                1,
                gnu
                        ? e.path() + ": " + e.words()
                        : "can't " + (directory ? "read" : "open") + " '" + e.path() + "': " + e.words());
    }

    private String sum(String file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            InputStream in = Inputs.open(task, file);
            byte[] buffer = new byte[8192];
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                digest.update(buffer, 0, got);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm, e);
        }
    }

    /** What a list's lines turned out to be. */
    private static final class Tally {
        private int lines;
        private int malformed;
        private int unread;
        private int wrong;
        private int right;
    }

    private int check(String list) throws IOException {
        Tally tally = new Tally();
        int digits =
                Map.of("MD5", 32, "SHA-1", 40, "SHA-256", 64, "SHA-512", 128).getOrDefault(algorithm, 0);
        Pattern row = gnu
                ? Pattern.compile("\\\\?([0-9a-fA-F]{" + digits + "}) [ *](.+)")
                : Pattern.compile("(\\S+) [ *](.*)");
        Pattern tagged = Pattern.compile("\\S+ \\((.+)\\) = ([0-9a-fA-F]{" + digits + "})");
        try {
            int number = 0;
            for (String line : TextTools.split(Inputs.bytes(task, list))) {
                number++;
                Matcher plain = row.matcher(line);
                Matcher tag = tagged.matcher(line);
                if (plain.matches()) {
                    one(plain.group(2), plain.group(1), tally);
                } else if (gnu && tag.matches()) {
                    one(tag.group(1), tag.group(2), tally);
                } else {
                    malformed(list, number, tally);
                }
            }
        } catch (FileError e) {
            return task.fail(1, e.path() + ": " + e.words());
        }
        return gnu ? summary(list, tally) : shortSummary(tally);
    }

    private void malformed(String list, int number, Tally tally) throws IOException {
        tally.malformed++;
        if (!gnu) {
            tally.lines++;
            if (is('w')) {
                int unused = task.fail(1, "invalid format");
            }
        } else if (is('w')) {
            String kind = algorithm.replace("SHA-", "SHA");
            int unused = task.fail(1, list + ": " + number + ": improperly formatted " + kind + " checksum line");
        }
    }

    private void one(String file, String expected, Tally tally) throws IOException {
        tally.lines++;
        try {
            boolean right = sum(file).equals(expected.toLowerCase(Locale.ROOT));
            if (right) {
                tally.right++;
            } else {
                tally.wrong++;
            }
            if (!is('s') && !(right && is('q'))) {
                task.println(file + (right ? ": OK" : ": FAILED"));
            }
        } catch (FileError e) {
            if (is('M') && e.kind() == FileError.Kind.MISSING) {
                return;
            }
            int unused = complain(e);
            tally.unread++;
            if (!is('s')) {
                task.println(file + (gnu ? ": FAILED open or read" : ": FAILED"));
            }
        }
    }

    private int shortSummary(Tally tally) throws IOException {
        int failed = tally.wrong + tally.unread + tally.malformed;
        if (tally.lines == 0) {
            return task.fail(1, "no checksum lines found");
        }
        if (failed > 0 && !is('s')) {
            return task.fail(1, "WARNING: " + failed + " of " + tally.lines + " computed checksums did NOT match");
        }
        return failed > 0 ? 1 : 0;
    }

    private int summary(String list, Tally tally) throws IOException {
        if (tally.lines == 0) {
            return task.fail(
                    1, (list.equals("-") ? "'standard input'" : list) + ": no properly formatted checksum lines found");
        }
        if (!is('s')) {
            warn(tally.malformed, "line is improperly formatted", "lines are improperly formatted");
            warn(tally.unread, "listed file could not be read", "listed files could not be read");
            warn(tally.wrong, "computed checksum did NOT match", "computed checksums did NOT match");
        }
        if (is('M') && tally.right + tally.wrong == 0) {
            return task.fail(1, list + ": no file was verified");
        }
        return tally.wrong + tally.unread > 0 || is('S') && tally.malformed > 0 ? 1 : 0;
    }

    private void warn(int count, String one, String many) throws IOException {
        if (count > 0) {
            int unused = task.fail(1, "WARNING: " + count + " " + (count == 1 ? one : many));
        }
    }
}
