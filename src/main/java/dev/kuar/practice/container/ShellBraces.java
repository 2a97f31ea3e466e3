package dev.kuar.practice.container;

import java.util.ArrayList;
import java.util.List;

/** bash's brace expansion: {@code a{b,c}} and {@code {1..9}}, before everything else is expanded. */
final class ShellBraces {
    private static final int MOST = 100_000;

    private ShellBraces() {}

    static List<String> expand(String word) {
        for (int open = next(word, 0, '{'); open >= 0; open = next(word, open + 1, '{')) {
            if (open > 0 && word.charAt(open - 1) == '$') {
                continue;
            }
            List<Integer> cuts = new ArrayList<>(List.of(open));
            int close = close(word, open, cuts);
            if (close < 0) {
                return List.of(word);
            }
            List<String> middles = cuts.size() > 1 ? parts(word, cuts, close) : range(word.substring(open + 1, close));
            if (middles.isEmpty()) {
                continue;
            }
            List<String> all = new ArrayList<>();
            List<String> tails = expand(word.substring(close + 1));
            for (String middle : middles) {
                for (String inner : cuts.size() > 1 ? expand(middle) : List.of(middle)) {
                    for (String tail : tails) {
                        all.add(word.substring(0, open) + inner + tail);
                    }
                }
            }
            return all;
        }
        return List.of(word);
    }

    private static int next(String word, int from, char wanted) {
        for (int i = from; i < word.length(); i = skip(word, i)) {
            if (word.charAt(i) == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static int skip(String word, int i) {
        return ShellQuotes.skip(word, i, ShellDialect.BASH, false);
    }

    private static int close(String word, int open, List<Integer> cuts) {
        int depth = 0;
        for (int i = open; i < word.length(); i = skip(word, i)) {
            char c = word.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
            if (c == ',' && depth == 1) {
                cuts.add(i);
            }
        }
        return -1;
    }

    private static List<String> parts(String word, List<Integer> cuts, int close) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < cuts.size(); i++) {
            int end = i + 1 < cuts.size() ? cuts.get(i + 1) : close;
            parts.add(word.substring(cuts.get(i) + 1, end));
        }
        return parts;
    }

    private static List<String> range(String text) {
        String[] ends = text.split("\\.\\.", -1);
        boolean numbers = text.matches("-?\\d{1,9}\\.\\.-?\\d{1,9}(\\.\\.-?\\d{1,9})?");
        if (!numbers && !text.matches("[A-Za-z]\\.\\.[A-Za-z](\\.\\.-?\\d{1,9})?")) {
            return List.of();
        }
        int from = numbers ? Integer.parseInt(ends[0]) : ends[0].charAt(0);
        int to = numbers ? Integer.parseInt(ends[1]) : ends[1].charAt(0);
        int step = Math.max(1, ends.length > 2 ? Math.abs(Integer.parseInt(ends[2])) : 1);
        boolean padded = numbers && (ends[0].matches("-?0\\d+") || ends[1].matches("-?0\\d+"));
        int width = padded ? Math.max(ends[0].length(), ends[1].length()) : 0;
        List<String> values = new ArrayList<>();
        for (long i = from; from <= to ? i <= to : i >= to; i += from <= to ? step : -step) {
            values.add(
                    !numbers
                            ? String.valueOf((char) i)
                            : width > 0 ? String.format("%0" + width + "d", i) : Long.toString(i));
            if (values.size() > MOST) {
                return List.of();
            }
        }
        return values;
    }
}
