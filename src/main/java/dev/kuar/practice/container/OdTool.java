package dev.kuar.practice.container;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** od: bytes as numbers or characters, sixteen a row. */
final class OdTool {
    private static final Pattern TYPE = Pattern.compile("([acdouxf])([CSIL]|\\d+)?(z?)");
    private static final String[] NAMES = {
        "nul", "soh", "stx", "etx", "eot", "enq", "ack", "bel", "bs", "ht", "nl", "vt", "ff", "cr", "so", "si", "dle",
        "dc1", "dc2", "dc3", "dc4", "nak", "syn", "etb", "can", "em", "sub", "esc", "fs", "gs", "rs", "us", "sp"
    };

    /**
     * How a row is shown.
     *
     * @param kind {@code a}, {@code c}, {@code d}, {@code o}, {@code u} or {@code x}
     * @param size bytes a number
     * @param text whether the characters follow
     */
    private record Type(char kind, int size, boolean text) {
        /** How wide a number is at least, with what comes before it. */
        int width() {
            int bits = 8 * size;
            return 1
                    + switch (kind) {
                        case 'a', 'c' -> 3;
                        case 'x' -> 2 * size;
                        case 'o' -> (bits + 2) / 3;
                        case 'u' ->
                            BigInteger.ONE
                                    .shiftLeft(bits)
                                    .subtract(BigInteger.ONE)
                                    .toString()
                                    .length();
                        default -> BigInteger.ONE.shiftLeft(bits - 1).toString().length() + 1;
                    };
        }

        String number(byte[] bytes, int at, int end) {
            if (kind == 'c') {
                return character(bytes[at] & 0xff);
            }
            if (kind == 'a') {
                int low = bytes[at] & 0x7f;
                return low <= 32 ? NAMES[low] : low == 127 ? "del" : Character.toString((char) low);
            }
            byte[] big = new byte[size + 1];
            for (int i = 0; i < size && at + i < end; i++) {
                big[size - i] = bytes[at + i];
            }
            BigInteger value = new BigInteger(big);
            return switch (kind) {
                case 'x' -> padded(value.toString(16), 2 * size);
                case 'o' -> padded(value.toString(8), (8 * size + 2) / 3);
                case 'u' -> value.toString();
                default ->
                    (value.testBit(8 * size - 1) ? value.subtract(BigInteger.ONE.shiftLeft(8 * size)) : value)
                            .toString();
            };
        }

        private static String padded(String digits, int width) {
            return "0".repeat(Math.max(0, width - digits.length())) + digits;
        }

        private static String character(int code) {
            return switch (code) {
                case 0 -> "\\0";
                case 7 -> "\\a";
                case 8 -> "\\b";
                case 9 -> "\\t";
                case 10 -> "\\n";
                case 11 -> "\\v";
                case 12 -> "\\f";
                case 13 -> "\\r";
                default ->
                    code >= 32 && code < 127 ? Character.toString((char) code) : padded(Integer.toOctalString(code), 3);
            };
        }
    }

    private final Task task;
    private final Options options;
    private final List<Type> types = new ArrayList<>();

    private OdTool(Task task, Options options) {
        this.task = task;
        this.options = options;
    }

    static void addTo(Map<String, Tool> tools) {
        Map<String, Character> names = Map.of(
                "address-radix",
                'A',
                "skip-bytes",
                'j',
                "read-bytes",
                'N',
                "format",
                't',
                "output-duplicates",
                'v',
                "width",
                'w');
        tools.put("od", Options.tool("A:j:N:t:w:abcdfhiloxvsBHDOIX", names, 1, (task, options) -> new OdTool(
                        task, options)
                .run()));
    }

    private int run() throws IOException {
        String radix = options.value('A', "o");
        if (!radix.matches("[doxn]")) {
            return task.fail(1, "invalid output address radix '" + radix + "'; it must be one character from [doxn]");
        }
        for (char letter : options.letters()) {
            String own = Map.of('a', "a", 'b', "o1", 'c', "c", 'd', "u2", 'o', "o2", 'x', "x2", 'h', "x2", 's', "d2")
                    .getOrDefault(letter, "");
            String wide = Map.of(
                            'i',
                            Options.gnu(task) ? "d4" : "d2",
                            'l',
                            "d8",
                            'B',
                            "o2",
                            'H',
                            "x4",
                            'X',
                            "x4",
                            'D',
                            "u4",
                            'O',
                            "o4",
                            'I',
                            "d8")
                    .getOrDefault(letter, "");
            for (String text : letter == 't' ? options.values('t') : List.of(own + wide)) {
                String wrong = text.isEmpty() ? "" : add(text);
                if (!wrong.isEmpty()) {
                    return task.fail(1, wrong);
                }
            }
        }
        if (options.has('f')) {
            return Unmodelled.option(task, 1, "-f");
        }
        if (types.isEmpty()) {
            types.add(new Type('o', 2, false));
        }
        byte[] all = Inputs.joined(task, options.files());
        boolean whole = options.operands().isEmpty()
                || options.operands().stream()
                        .allMatch(file -> file.equals("-") || task.files().exists(file));
        int from = (int) Math.min(all.length, Math.max(0, bytes(options.value('j', "0"))));
        if (bytes(options.value('j', "0")) > all.length) {
            return task.fail(1, "cannot skip past end of combined input");
        }
        long most = options.has('N') ? bytes(options.value('N', "0")) : Long.MAX_VALUE;
        int to = (int) Math.min(all.length, from + Math.min(most, Integer.MAX_VALUE));
        if (all.length > 0 || whole) {
            rows(all, from, to, radix);
        }
        return whole ? 0 : 1;
    }

    private static long bytes(String text) {
        return text.startsWith("0x") && text.substring(2).matches("[0-9a-fA-F]{1,8}")
                ? Long.parseLong(text.substring(2), 16)
                : text.matches("\\d{1,9}[bkm]?")
                        ? Long.parseLong(text.replaceAll("\\D", ""))
                                * (text.endsWith("k")
                                        ? 1024
                                        : text.endsWith("m") ? 1 << 20 : text.endsWith("b") ? 512 : 1)
                        : 0;
    }

    private String add(String text) {
        Matcher m = TYPE.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!m.find(at) || m.start() != at || m.group(1).equals("f")) {
                return m.hitEnd() || !text.startsWith("f", at)
                        ? "invalid character '" + text.charAt(at) + "' in type string '" + text + "'"
                        : "the practice cluster does not have -t f";
            }
            String size = m.group(2) == null ? "" : m.group(2);
            char kind = m.group(1).charAt(0);
            int bytes = "ac".indexOf(kind) >= 0
                    ? 1
                    : switch (size) {
                        case "C", "1" -> 1;
                        case "S", "2" -> 2;
                        case "", "I", "4" -> 4;
                        case "L", "8" -> 8;
                        default -> 0;
                    };
            if (bytes == 0) {
                return "invalid type string '" + text + "'; this system doesn't provide a " + size
                        + "-byte integral type";
            }
            types.add(new Type(kind, bytes, !m.group(3).isEmpty()));
            at = m.end();
        }
        return "";
    }

    private void rows(byte[] all, int from, int to, String radix) throws IOException {
        int width = (int) Math.max(1, options.number('w', options.has('w') ? 32 : 16));
        int across = 0;
        for (Type type : types) {
            across = Math.max(across, (type.width() * width + type.size() - 1) / type.size());
        }
        StringBuilder out = new StringBuilder();
        boolean starred = false;
        for (int at = from; at < to; at += width) {
            int end = Math.min(to, at + width);
            boolean again = !options.has('v')
                    && at > from
                    && end == at + width
                    && Arrays.equals(all, at, end, all, at - width, at);
            if (again) {
                out.append(starred ? "" : "*\n");
                starred = true;
                continue;
            }
            starred = false;
            String address = address(at, radix);
            for (Type type : types) {
                out.append(address)
                        .append(row(type, all, at, end, width, across))
                        .append('\n');
                address = " ".repeat(address.length());
            }
        }
        if (!radix.equals("n")) {
            out.append(address(to, radix)).append('\n');
        }
        task.print(out.toString());
    }

    private static String row(Type type, byte[] all, int at, int end, int width, int across) {
        StringBuilder row = new StringBuilder();
        int cell = across * type.size() / width;
        for (int i = at; i < end; i += type.size()) {
            String number = type.number(all, i, end);
            row.append(" ".repeat(Math.max(0, cell - number.length()))).append(number);
        }
        if (type.text()) {
            row.append(" ".repeat(Math.max(0, cell * ((width + type.size() - 1) / type.size()) - row.length())))
                    .append("  >");
            for (int i = at; i < end; i++) {
                row.append(all[i] >= 32 && all[i] < 127 ? (char) all[i] : '.');
            }
            row.append('<');
        }
        return row.toString();
    }

    private static String address(int at, String radix) {
        return switch (radix) {
            case "n" -> "";
            case "x" -> String.format(Locale.ROOT, "%06x", at);
            case "d" -> String.format(Locale.ROOT, "%07d", at);
            default -> String.format(Locale.ROOT, "%07o", at);
        };
    }
}
