package dev.kuar.practice.python;

import java.nio.charset.StandardCharsets;

/** A value of {@code bytes}, kept as a text of Latin-1 characters. */
record Bytes(String latin) {
    static Bytes of(byte[] data) {
        return new Bytes(new String(data, StandardCharsets.ISO_8859_1));
    }

    byte[] data() {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }
}
