package dev.kuar.lesson;

import dev.kuar.check.Check;
import dev.kuar.check.Expression;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A digest of what decides whether a step is passed; texts, hints and layout of expressions don't change it. */
final class ChecksHash {
    private ChecksHash() {}

    static String of(List<Check> checks, @Nullable Expression question) {
        StringBuilder text = new StringBuilder();
        for (Check check : checks) {
            text.append(plain(check.expect()))
                    .append('\n')
                    .append(check.after())
                    .append('\n');
        }
        text.append(question == null ? "" : plain(question));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String plain(Expression expression) {
        return expression.source().replaceAll("\\s+", " ").strip();
    }
}
