package dev.kuar.shell.program;

import dev.kuar.process.Invocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code wc [-lwcm] [FILE…]}: lines, words, bytes, characters. */
final class WcProgram extends Filter {
    @Override
    int filter(Invocation invocation) throws IOException {
        Options options = Options.parse(invocation.arguments(), "lwcm");
        long[] total = new long[4];
        List<String> names = orInput(options.operands());
        for (String name : names) {
            long[] counts = count(invocation, name);
            for (int i = 0; i < total.length; i++) {
                total[i] += counts[i];
            }
            print(invocation, line(counts, options, options.operands().isEmpty() ? "" : name));
        }
        if (names.size() > 1) {
            print(invocation, line(total, options, "total"));
        }
        return 0;
    }

    private static long[] count(Invocation invocation, String name) throws IOException {
        InputStream in = open(invocation, name);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            in.transferTo(all);
        } finally {
            if (in != invocation.input()) {
                in.close();
            }
        }
        String text = all.toString(StandardCharsets.UTF_8);
        long lines = text.chars().filter(c -> c == '\n').count();
        long words = text.isBlank() ? 0 : text.strip().split("\\s+").length;
        return new long[] {lines, words, all.size(), text.codePointCount(0, text.length())};
    }

    private static String line(long[] counts, Options options, String name) {
        boolean all = !options.has('l') && !options.has('w') && !options.has('c') && !options.has('m');
        StringBuilder line = new StringBuilder();
        String letters = "lwcm";
        int chosen = 0;
        for (int i = 0; i < letters.length(); i++) {
            if (options.has(letters.charAt(i)) || (all && i < 3)) {
                line.append(chosen++ > 0 || all ? String.format("%8d", counts[i]) : String.valueOf(counts[i]));
            }
        }
        return (line + (name.isEmpty() ? "" : " " + name));
    }
}
