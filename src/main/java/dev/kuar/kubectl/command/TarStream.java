package dev.kuar.kubectl.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads and writes tar archives (ustar), as far as kubectl cp needs: files and folders. */
final class TarStream {
    private static final int BLOCK = 512;

    private TarStream() {}

    /**
     * A member.
     *
     * @param name its path
     * @param folder whether it is one
     * @param data the content of a file
     */
    record Entry(String name, boolean folder, byte[] data) {}

    static void add(ByteArrayOutputStream tar, String name, Path file) throws IOException {
        boolean folder = Files.isDirectory(file);
        byte[] data = folder ? new byte[0] : Files.readAllBytes(file);
        byte[] head = new byte[BLOCK];
        put(head, 0, 100, folder ? name + "/" : name);
        put(head, 100, 8, folder || Files.isExecutable(file) ? "0000755" : "0000644");
        put(head, 108, 8, "0000000");
        put(head, 116, 8, "0000000");
        put(head, 124, 12, String.format(Locale.ROOT, "%011o", data.length));
        put(
                head,
                136,
                12,
                String.format(
                        Locale.ROOT, "%011o", Files.getLastModifiedTime(file).toMillis() / 1000));
        put(head, 156, 1, folder ? "5" : "0");
        put(head, 257, 8, "ustar\u000000");
        Arrays.fill(head, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte each : head) {
            sum += each & 0xff;
        }
        put(head, 148, 8, String.format(Locale.ROOT, "%06o\u0000 ", sum));
        tar.writeBytes(head);
        tar.writeBytes(Arrays.copyOf(data, (data.length + BLOCK - 1) / BLOCK * BLOCK));
    }

    private static void put(byte[] head, int place, int room, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > room) {
            throw new IOException("file name too long: " + text);
        }
        System.arraycopy(bytes, 0, head, place, bytes.length);
    }

    static List<Entry> read(byte[] tar) {
        List<Entry> entries = new ArrayList<>();
        int at = 0;
        while (at + BLOCK <= tar.length && tar[at] != 0) {
            String name = field(tar, at, 100);
            String prefix = field(tar, at + 345, 155);
            String size = field(tar, at + 124, 12).strip();
            int length = size.isEmpty() ? 0 : Integer.parseInt(size, 8);
            char type = (char) tar[at + 156];
            int start = at + BLOCK;
            int end = Math.min(tar.length, start + length);
            if (type == '5' || type == '0' || type == 0) {
                String whole = prefix.isEmpty() ? name : prefix + "/" + name;
                entries.add(new Entry(whole, type == '5' || name.endsWith("/"), Arrays.copyOfRange(tar, start, end)));
            }
            at = start + (length + BLOCK - 1) / BLOCK * BLOCK;
        }
        return entries;
    }

    private static String field(byte[] tar, int place, int room) {
        int end = place;
        while (end < place + room && end < tar.length && tar[end] != 0) {
            end++;
        }
        return new String(tar, place, end - place, StandardCharsets.UTF_8);
    }
}
