package dev.kuar.practice.nginx;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Passwords of {@code auth_basic_user_file}: {@code {PLAIN}}, {@code {SHA}} and Apache's {@code $apr1$}. */
final class Passwords {
    private static final String DIGITS = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private Passwords() {}

    static boolean matches(String password, String known) {
        String made = known.startsWith("{PLAIN}")
                ? "{PLAIN}" + password
                : known.startsWith("{SHA}")
                        ? "{SHA}"
                                + Base64.getEncoder()
                                        .encodeToString(digest("SHA-1", password.getBytes(StandardCharsets.UTF_8)))
                        : known.startsWith("$apr1$") && known.split("\\$").length > 3
                                ? apr1(password, known.split("\\$")[2])
                                : "";
        return MessageDigest.isEqual(made.getBytes(StandardCharsets.UTF_8), known.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] digest(String name, byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(name);
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** MD5, a thousand times over, as htpasswd makes it. */
    private static String apr1(String password, String salt) {
        byte[] secret = password.getBytes(StandardCharsets.UTF_8);
        byte[] salted = salt.getBytes(StandardCharsets.UTF_8);
        byte[] inner = digest("MD5", secret, salted, secret);
        java.io.ByteArrayOutputStream first = new java.io.ByteArrayOutputStream();
        first.writeBytes(secret);
        first.writeBytes("$apr1$".getBytes(StandardCharsets.UTF_8));
        first.writeBytes(salted);
        for (int left = secret.length; left > 0; left -= 16) {
            first.write(inner, 0, Math.min(16, left));
        }
        for (int bits = secret.length; bits > 0; bits >>= 1) {
            first.write((bits & 1) == 1 ? 0 : secret[0]);
        }
        byte[] sum = digest("MD5", first.toByteArray());
        for (int round = 0; round < 1000; round++) {
            java.io.ByteArrayOutputStream next = new java.io.ByteArrayOutputStream();
            next.writeBytes(round % 2 == 1 ? secret : sum);
            if (round % 3 != 0) {
                next.writeBytes(salted);
            }
            if (round % 7 != 0) {
                next.writeBytes(secret);
            }
            next.writeBytes(round % 2 == 1 ? sum : secret);
            sum = digest("MD5", next.toByteArray());
        }
        StringBuilder text = new StringBuilder("$apr1$").append(salt).append('$');
        int[][] order = {{0, 6, 12}, {1, 7, 13}, {2, 8, 14}, {3, 9, 15}, {4, 10, 5}};
        for (int[] three : order) {
            add(text, (sum[three[0]] & 0xff) << 16 | (sum[three[1]] & 0xff) << 8 | sum[three[2]] & 0xff, 4);
        }
        add(text, sum[11] & 0xff, 2);
        return text.toString();
    }

    private static void add(StringBuilder text, int bits, int count) {
        int rest = bits;
        for (int i = 0; i < count; i++) {
            text.append(DIGITS.charAt(rest & 63));
            rest >>= 6;
        }
    }
}
