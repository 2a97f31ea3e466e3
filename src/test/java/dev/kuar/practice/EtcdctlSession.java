package dev.kuar.practice;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of {@code etcdctl/session.txt} run by an etcdctl, ours or a real one, and what came of them as text: each line
 * behind {@code >}, its output, its errors behind {@code 2>}, its exit code where it is not 0.
 */
final class EtcdctlSession {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    /** An etcdctl. */
    interface Runner {
        Ran run(List<String> words, byte[] input) throws Exception;

        /** Begins a command that goes on until it is interrupted, once its output has so many lines. */
        Running begin(List<String> words) throws Exception;
    }

    /** A command that goes on. */
    interface Running {
        Ran interrupt(int lines) throws Exception;
    }

    /** What a run printed and its exit code; 130 where it was interrupted. */
    record Ran(byte[] out, String errors, int code) {
        String shown(boolean binary) {
            StringBuilder text = new StringBuilder();
            text.append(binary ? HexFormat.of().formatHex(out) + "\n" : new String(out, StandardCharsets.UTF_8));
            if (text.length() > 0 && text.charAt(text.length() - 1) != '\n') {
                text.append("\u00b6\n");
            }
            errors.lines().forEach(line -> text.append("2> ").append(line).append('\n'));
            return code == 0
                    ? text.toString()
                    : text.append("exit ").append(code).append('\n').toString();
        }
    }

    /** One line, and what came of it with all masked that differs from run to run. */
    record Said(String line, String text) {}

    private EtcdctlSession() {}

    static List<String> lines() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/etcdctl/session.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    static List<Said> play(List<String> lines, Runner runner) throws Exception {
        List<Said> said = new ArrayList<>();
        Deque<Running> running = new ArrayDeque<>();
        Deque<String> begun = new ArrayDeque<>();
        for (String line : lines) {
            String[] parts = line.split(" <<< ", 2);
            byte[] input = parts.length == 1
                    ? new byte[0]
                    : parts[1].replace("\\\\", "\0")
                            .replace("\\n", "\n")
                            .replace("\0", "\\")
                            .getBytes(StandardCharsets.UTF_8);
            List<String> words = words(parts[0]);
            switch (words.get(0)) {
                case "@watch" -> {
                    Ran ran = runner.begin(words.subList(2, words.size())).interrupt(Integer.parseInt(words.get(1)));
                    said.add(new Said(line, mask(ran.shown(false))));
                }
                case "@follow" -> {
                    running.add(runner.begin(words.subList(2, words.size())));
                    begun.add(line);
                    said.add(new Said(line, ""));
                }
                case "@end" -> {
                    String first = begun.remove();
                    Ran ran = running.remove()
                            .interrupt(Integer.parseInt(words(first).get(1)));
                    said.add(new Said("@end " + first, mask(ran.shown(false))));
                }
                default -> said.add(new Said(line, mask(runner.run(words, input).shown(words.contains("protobuf")))));
            }
        }
        return said;
    }

    /** What was recorded of a version of etcd. */
    static List<Said> recorded(String version) throws IOException {
        List<Said> said = new ArrayList<>();
        String text = Files.readString(Path.of("src/test/resources/etcdctl/" + version + ".txt"));
        for (String block : text.split("(?m)^> ")) {
            if (!block.isEmpty()) {
                int end = block.indexOf('\n');
                said.add(new Said(block.substring(0, end), mask(block.substring(end + 1))));
            }
        }
        return said;
    }

    /** The lines that came out otherwise, each with both. */
    static List<String> differences(List<Said> expected, List<Said> actual) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            Said wanted = i < expected.size() ? expected.get(i) : new Said("nothing", "");
            Said said = i < actual.size() ? actual.get(i) : new Said("nothing", "");
            if (!wanted.equals(said)) {
                differences.add("> " + said.line() + "\nexpected (> " + wanted.line() + "):\n" + wanted.text()
                        + "was:\n" + said.text());
            }
        }
        return differences;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher each = WORD.matcher(line);
        while (each.find()) {
            words.add(each.group(1) != null ? each.group(1) : each.group(2));
        }
        return words;
    }

    /** Times, addresses in memory, sizes of files, the texts of help. */
    static String mask(String text) {
        String masked = text.replaceAll("(?ms)^(?:NAME|Usage):\n.*?(?=^2> |^exit |\\z)", "<help>\n")
                .replaceAll("\"ts\":\"[^\"]*\"", "\"ts\":\"<ts>\"")
                .replaceAll("0x[0-9a-f]+/", "0x<at>/")
                .replaceAll("\\d+(\\.\\d+)?(ns|ms|µs|s)\\b", "<took>")
                .replaceAll("(\"[dD][bB]Size(?:InUse)?\" ?: ?)\\d+", "$1<size>")
                .replaceAll("\\b\\d+(\\.\\d+)? k?B\\b", "<size>")
                .replaceAll("\\b\\d+%", "<part>");
        return masked.contains("+--") ? masked.replaceAll(" +", " ").replaceAll("-{2,}", "--") : masked;
    }
}
