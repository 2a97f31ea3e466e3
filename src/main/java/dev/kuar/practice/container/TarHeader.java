package dev.kuar.practice.container;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;

/**
 * The header of a member of a tar archive.
 *
 * @param type {@code 0} a file, {@code 1} a hard link, {@code 2} a link, {@code 5} a directory, {@code L} and {@code K} a long name
 * @param time in seconds since 1970
 */
record TarHeader(
        String name,
        char type,
        int size,
        int mode,
        int uid,
        int gid,
        long time,
        String link,
        String user,
        String group) {
    static final int BLOCK = 512;
    private static final Map<Character, Character> TYPES = Map.of('5', 'd', '2', 'l', '1', 'h');

    /** Whether an archive begins with one. */
    static boolean isOne(byte[] all) {
        return all.length >= BLOCK && text(all, 257, 5).equals("ustar");
    }

    static TarHeader of(byte[] all, int at) {
        String prefix = text(all, at + 257, 6).equals("ustar") && all[at + 262] == 0 ? text(all, at + 345, 155) : "";
        String name = (prefix.isEmpty() ? "" : prefix + "/") + text(all, at, 100);
        char type = all[at + 156] == 0 ? '0' : (char) all[at + 156];
        return new TarHeader(
                name,
                type,
                (int) number(all, at + 124, 12),
                (int) number(all, at + 100, 8),
                (int) number(all, at + 108, 8),
                (int) number(all, at + 116, 8),
                number(all, at + 136, 12),
                text(all, at + 157, 100),
                text(all, at + 265, 32),
                text(all, at + 297, 32));
    }

    /** With what a member before it said that it is called; empty for what it says itself. */
    TarHeader named(String longName, String longLink) {
        return new TarHeader(
                longName.isEmpty() ? name : longName,
                type,
                size,
                mode,
                uid,
                gid,
                time,
                longLink.isEmpty() ? link : longLink,
                user,
                group);
    }

    /** As {@code tar tv} lists it. */
    String row(boolean gnu) {
        String owner = (user.isEmpty() ? Integer.toString(uid) : user) + "/"
                + (group.isEmpty() ? Integer.toString(gid) : group);
        String when = DateFormat.of(
                gnu ? "%Y-%m-%d %H:%M" : "%Y-%m-%d %H:%M:%S",
                Instant.ofEpochSecond(time).atZone(ZoneOffset.UTC),
                true);
        String target = type == '2' ? " -> " + link : type == '1' ? " link to " + link : "";
        String head = TYPES.getOrDefault(type, '-') + ListTool.bits(mode & 07777) + " " + owner;
        String count = Integer.toString(size);
        int width = gnu ? Math.max(1, 18 - owner.length()) : 9;
        return head + " " + String.format(Locale.ROOT, "%" + width + "s", count) + " " + when + " " + name + target;
    }

    private static long number(byte[] all, int at, int length) {
        String octal = text(all, at, length);
        return octal.matches("[0-7]{1,20}") ? Long.parseLong(octal, 8) : 0;
    }

    private static String text(byte[] all, int at, int length) {
        int end = at;
        while (end < at + length && end < all.length && all[end] != 0) {
            end++;
        }
        return new String(all, at, end - at, StandardCharsets.UTF_8).strip();
    }

    /** As an archive has it; a name of more than a hundred bytes goes in front as a member of its own. */
    static byte[] bytes(Task task, String name, Inode node, char type, long size, String link) {
        byte[] own = name.getBytes(StandardCharsets.UTF_8);
        if (own.length > 100 && type != 'L') {
            byte[] first = bytes(task, "././@LongLink", node, 'L', own.length + 1L, "");
            byte[] rest = java.util.Arrays.copyOf(own, (own.length + BLOCK) / BLOCK * BLOCK);
            byte[] last = bytes(task, new String(own, 0, 99, StandardCharsets.UTF_8), node, type, size, link);
            byte[] all = java.util.Arrays.copyOf(first, first.length + rest.length + last.length);
            System.arraycopy(rest, 0, all, first.length, rest.length);
            System.arraycopy(last, 0, all, first.length + rest.length, last.length);
            return all;
        }
        byte[] block = new byte[BLOCK];
        put(block, 0, name);
        put(block, 100, String.format(Locale.ROOT, "%07o", node.mode()));
        put(block, 108, String.format(Locale.ROOT, "%07o", node.uid()));
        put(block, 116, String.format(Locale.ROOT, "%07o", node.gid()));
        put(block, 124, String.format(Locale.ROOT, "%011o", size));
        put(block, 136, String.format(Locale.ROOT, "%011o", node.modified() / 1000));
        put(block, 148, "        ");
        block[156] = (byte) type;
        put(block, 157, link);
        put(block, 257, "ustar  ");
        put(block, 265, ContainerFiles.nameOf(task.files().tree(), "/etc/passwd", node.uid()));
        put(block, 297, ContainerFiles.nameOf(task.files().tree(), "/etc/group", node.gid()));
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        put(block, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        return block;
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, at, Math.min(bytes.length, 100));
    }
}
