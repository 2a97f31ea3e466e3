package dev.kuar.awk;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Cuts a stream into records; holds no more of it than the one that it reads and what came along. */
final class RecordReader {
    private static final int CHUNK = 8192;

    private final InputStream in;
    private final Reader reader;
    private final StringBuilder pending = new StringBuilder();
    private final char[] chunk = new char[CHUNK];
    private int at;
    private boolean ended;

    /** What is done before a read that would wait. */
    @FunctionalInterface
    interface BeforeWait {
        void run() throws IOException;
    }

    private final BeforeWait beforeWait;

    RecordReader(InputStream in, BeforeWait beforeWait) {
        this.in = in;
        this.reader = new InputStreamReader(in, StandardCharsets.UTF_8);
        this.beforeWait = beforeWait;
    }

    void close() throws IOException {
        in.close();
    }

    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        if (at > 0) {
            pending.delete(0, at);
            at = 0;
        }
        if (!reader.ready()) {
            beforeWait.run();
        }
        int count = reader.read(chunk, 0, CHUNK);
        if (count < 0) {
            ended = true;
            return false;
        }
        pending.append(chunk, 0, count);
        return true;
    }

    /** The next record; null at the end. */
    @Nullable
    String next(String separator, Ere.Shelf regexes) throws IOException {
        if (separator.isEmpty()) {
            return paragraph();
        }
        return separator.length() == 1 ? line(separator.charAt(0)) : untilMatch(regexes.of(separator));
    }

    private String taken(int end, int next) {
        String record = pending.substring(at, end);
        at = next;
        return record;
    }

    private @Nullable String rest() {
        return at < pending.length() ? taken(pending.length(), pending.length()) : null;
    }

    private @Nullable String line(char separator) throws IOException {
        int from = at;
        while (true) {
            for (int i = from; i < pending.length(); i++) {
                if (pending.charAt(i) == separator) {
                    return taken(i, i + 1);
                }
            }
            int seen = pending.length() - at;
            if (!fill()) {
                return rest();
            }
            from = at + seen;
        }
    }

    private @Nullable String paragraph() throws IOException {
        while (true) {
            while (at < pending.length() && pending.charAt(at) == '\n') {
                at++;
            }
            if (at < pending.length()) {
                break;
            }
            if (!fill()) {
                return null;
            }
        }
        int seen = 0;
        while (true) {
            int end = pending.indexOf("\n\n", at + seen);
            if (end >= 0) {
                return taken(end, end + 2);
            }
            seen = Math.max(0, pending.length() - at - 1);
            if (!fill()) {
                int length = pending.length();
                return taken(pending.charAt(length - 1) == '\n' ? length - 1 : length, length);
            }
        }
    }

    private @Nullable String untilMatch(Ere regex) throws IOException {
        while (true) {
            String text = pending.substring(at);
            Ere.Search search = regex.search(text);
            boolean found = false;
            for (int from = 0; search.find(from); from = search.end() + 1) {
                if (search.end() > search.start()) {
                    found = true;
                    break;
                }
            }
            if (found && (!search.reachedEnd() || ended)) {
                return taken(at + search.start(), at + search.end());
            }
            if (!fill() && !found) {
                return rest();
            }
        }
    }
}
