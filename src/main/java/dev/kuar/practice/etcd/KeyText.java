package dev.kuar.practice.etcd;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keys as clients send them, which are bytes, as the store's, which are text: UTF-8, and each byte that is none stands as the
 * character U+EF00 plus its value. Every key comes back as it was sent.
 */
public final class KeyText {
    private static final char FIRST = '\uef80';
    private static final char LAST = '\uefff';
    private static final int LOW = 0xff;

    private KeyText() {}

    public static String of(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        boolean plain = text.indexOf('\ufffd') < 0 && text.chars().noneMatch(KeyText::stands);
        return plain ? text : escaped(key);
    }

    private static boolean stands(int character) {
        return character >= FIRST && character <= LAST;
    }

    /** Takes one character after the other; what is none of UTF-8, or would be taken for an escape, byte by byte. */
    private static String escaped(byte[] key) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < key.length; ) {
            int length = Math.min(length(key[at]), key.length - at);
            String next = strict(key, at, length);
            if (next.isEmpty() || stands(next.charAt(0))) {
                text.append((char) (0xef00 + (key[at] & LOW)));
                at++;
            } else {
                text.append(next);
                at += length;
            }
        }
        return text.toString();
    }

    private static int length(byte lead) {
        int bits = Integer.numberOfLeadingZeros(~lead << 24);
        return bits >= 2 && bits <= 4 ? bits : 1;
    }

    private static String strict(byte[] key, int at, int length) {
        try {
            CharBuffer decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(key, at, length));
            return decoded.toString();
        } catch (CharacterCodingException none) {
            return "";
        }
    }

    public static byte[] bytes(String key) {
        if (key.chars().noneMatch(KeyText::stands)) {
            return key.getBytes(StandardCharsets.UTF_8);
        }
        ByteBuffer out = ByteBuffer.allocate(3 * key.length());
        for (int at = 0; at < key.length(); at = key.offsetByCodePoints(at, 1)) {
            int each = key.codePointAt(at);
            if (stands(each)) {
                out.put((byte) each);
            } else {
                out.put(Character.toString(each).getBytes(StandardCharsets.UTF_8));
            }
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    static boolean isAscii(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** As etcd orders keys: byte by byte. */
    static int compare(String one, String other) {
        return isAscii(one) && isAscii(other) ? one.compareTo(other) : Arrays.compareUnsigned(bytes(one), bytes(other));
    }
}
