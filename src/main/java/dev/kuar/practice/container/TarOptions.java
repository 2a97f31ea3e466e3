package dev.kuar.practice.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How {@code tar} is told what to do: with dashes, in the old way without, and with long names. */
final class TarOptions {
    private static final Map<String, Character> NAMES = Map.ofEntries(
            Map.entry("create", 'c'),
            Map.entry("extract", 'x'),
            Map.entry("get", 'x'),
            Map.entry("list", 't'),
            Map.entry("append", 'r'),
            Map.entry("file", 'f'),
            Map.entry("directory", 'C'),
            Map.entry("gzip", 'z'),
            Map.entry("gunzip", 'z'),
            Map.entry("verbose", 'v'),
            Map.entry("to-stdout", 'O'),
            Map.entry("exclude", '1'),
            Map.entry("strip-components", '2'),
            Map.entry("files-from", 'T'),
            Map.entry("exclude-from", 'X'),
            Map.entry("dereference", 'h'),
            Map.entry("preserve-permissions", 'p'),
            Map.entry("same-permissions", 'p'),
            Map.entry("touch", 'm'),
            Map.entry("auto-compress", 'a'),
            Map.entry("keep-old-files", 'k'),
            Map.entry("overwrite", '3'),
            Map.entry("numeric-owner", '4'),
            Map.entry("no-recursion", '5'),
            Map.entry("no-same-permissions", '6'),
            Map.entry("no-same-owner", 'o'),
            Map.entry("warning", '7'),
            Map.entry("absolute-names", 'P'));

    private static Map<String, Character> withoutAppend() {
        Map<String, Character> names = new HashMap<>(NAMES);
        names.remove("append");
        return names;
    }

    private TarOptions() {}

    static int read(Task task, Options.Body body) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(SystemTools.arguments(task));
        if (!words.isEmpty() && words.get(0).matches("[A-Za-z]+")) {
            words = old(words);
        }
        boolean gnu = Options.gnu(task);
        String letters = gnu ? "cxtrf:C:zvO1:2:T:X:hpmakP3456o7:jJuUSwl" : "cxtf:C:zvO1:2:T:X:hpmak3456o7:jJ";
        return Options.run(task, letters, gnu ? NAMES : withoutAppend(), gnu ? 64 : 1, words, body);
    }

    /** {@code tar cfC a.tar dir} with a dash before each letter and its argument behind it. */
    private static List<String> old(List<String> words) {
        List<String> made = new ArrayList<>();
        List<String> rest = new ArrayList<>(words.subList(1, words.size()));
        for (int index = 0; index < words.get(0).length(); index++) {
            char letter = words.get(0).charAt(index);
            made.add("-" + letter);
            if ("fCTX".indexOf(letter) >= 0 && !rest.isEmpty()) {
                made.add(rest.remove(0));
            }
        }
        made.addAll(rest);
        return made;
    }
}
