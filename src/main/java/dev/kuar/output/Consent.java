package dev.kuar.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** A learner's yes, in either language; everything else, and no answer, is a no. */
public final class Consent {
    /** The last is the key of y with the Korean layout left on. */
    private static final Set<String> YES = Set.of("y", "yes", "예", "네", "ㅛ");

    private Consent() {}

    /** Reads one line, byte by byte: what comes after the line is somebody else's. */
    public static boolean read(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n' && c != '\r'; c = in.read()) {
            line.write(c);
        }
        return YES.contains(line.toString(StandardCharsets.UTF_8).strip().toLowerCase(Locale.ROOT));
    }
}
