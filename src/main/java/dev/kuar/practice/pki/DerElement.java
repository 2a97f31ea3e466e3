package dev.kuar.practice.pki;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One tag, length and value inside {@code bytes}. */
record DerElement(byte[] bytes, int at) {
    int tag() {
        return bytes[at] & 0xff;
    }

    private int head() {
        int first = bytes[at + 1] & 0xff;
        return first < 0x80 ? 2 : 2 + (first & 0x7f);
    }

    private int length() {
        int first = bytes[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = (length << 8) | (bytes[at + 2 + i] & 0xff);
        }
        return length;
    }

    byte[] body() {
        return Arrays.copyOfRange(bytes, at + head(), end());
    }

    byte[] whole() {
        return Arrays.copyOfRange(bytes, at, end());
    }

    private int end() {
        int end = at + head() + length();
        if (end < at || end > bytes.length) {
            throw new IndexOutOfBoundsException("a value reaches beyond the end");
        }
        return end;
    }

    List<DerElement> children() {
        List<DerElement> children = new ArrayList<>();
        int here = at + head();
        while (here < end()) {
            DerElement child = new DerElement(bytes, here);
            children.add(child);
            here = child.end();
        }
        return children;
    }

    DerElement child(int index) {
        return children().get(index);
    }

    /** Where a part begins for the first time; negative for nowhere. */
    static int indexOf(byte[] all, byte[] part) {
        for (int i = 0; i + part.length <= all.length; i++) {
            if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }
}
