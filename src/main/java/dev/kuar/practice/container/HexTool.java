package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** hexdump, with {@code -C} or in words of two bytes; {@code -n} reads less, {@code -s} skips. */
final class HexTool implements Tool {
    private static final int ROW = 16;

    @Override
    public int run(Task task) throws IOException {
        boolean canonical = task.name().equals("hd");
        int limit = Integer.MAX_VALUE;
        int skip = 0;
        List<String> files = new ArrayList<>();
        List<String> args = task.args();
        for (int i = 1; i < args.size(); i++) {
            String arg = args.get(i);
            switch (arg) {
                case "-C" -> canonical = true;
                case "-n" -> limit = number(args, ++i);
                case "-s" -> skip = number(args, ++i);
                default -> files.add(arg);
            }
        }
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (String file : files) {
            all.writeBytes(task.files().read(file));
        }
        byte[] bytes = files.isEmpty() ? task.readAllInput() : all.toByteArray();
        int end = (int) Math.min(bytes.length, (long) skip + limit);
        for (int at = skip; at < end; at += ROW) {
            task.println(
                    canonical
                            ? canonical(bytes, at, Math.min(end, at + ROW))
                            : words(bytes, at, Math.min(end, at + ROW)));
        }
        if (end > skip) {
            task.println(String.format(Locale.ROOT, canonical ? "%08x" : "%07x", end));
        }
        return 0;
    }

    private static int number(List<String> args, int at) {
        return at < args.size() && args.get(at).matches("\\d{1,9}") ? Integer.parseInt(args.get(at)) : 0;
    }

    private static String canonical(byte[] bytes, int from, int to) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%08x ", from));
        for (int i = from; i < from + ROW; i++) {
            line.append(i == from + ROW / 2 ? "  " : " ")
                    .append(i < to ? String.format(Locale.ROOT, "%02x", bytes[i] & 0xff) : "  ");
        }
        line.append("  |");
        for (int i = from; i < to; i++) {
            line.append(bytes[i] >= ' ' && bytes[i] < 127 ? (char) bytes[i] : '.');
        }
        return line.append('|').toString();
    }

    private static String words(byte[] bytes, int from, int to) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%07x", from));
        for (int i = from; i < to; i += 2) {
            int high = i + 1 < to ? bytes[i + 1] & 0xff : 0;
            line.append(String.format(Locale.ROOT, " %02x%02x", high, bytes[i] & 0xff));
        }
        return line.toString();
    }
}
