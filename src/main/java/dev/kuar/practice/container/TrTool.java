package dev.kuar.practice.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** {@code tr}: bytes for others, without some, or without repeats. */
final class TrTool {
    private TrTool() {}

    static void addTo(Map<String, Tool> tools) {
        tools.put(
                "tr",
                Options.tool(
                        "+cCds",
                        "+cCdst",
                        Map.of("complement", 'c', "delete", 'd', "squeeze-repeats", 's', "truncate-set1", 't'),
                        1,
                        TrTool::run));
    }

    private static int run(Task task, Options options) throws IOException {
        boolean gnu = Options.gnu(task);
        List<String> sets = options.operands();
        boolean deletes = options.has('d');
        boolean squeezes = options.has('s');
        String complaint = gnu ? complaint(sets, deletes, squeezes) : "";
        if (sets.isEmpty() || !complaint.isEmpty()) {
            return Options.tooFew(task, 1, complaint, "[-cds] STRING1 [STRING2]");
        }
        String from;
        String to;
        try {
            from = TrSet.of(sets.get(0), gnu);
            to = sets.size() > 1 ? TrSet.of(sets.get(1), gnu) : "";
        } catch (TrSet.Wrong e) {
            return task.fail(1, String.valueOf(e.getMessage()));
        }
        if (options.has('c') || options.has('C')) {
            from = TrSet.others(from);
        }
        boolean maps = sets.size() > 1 && !deletes;
        if (maps && to.isEmpty()) {
            return task.fail(
                    1, gnu ? "when not truncating set1, string2 must be non-empty" : "STRING2 cannot be empty");
        }
        if (options.has('t') && maps && to.length() < from.length()) {
            from = from.substring(0, to.length());
        }
        to = maps ? TrSet.filled(to, from.length()) : to;
        int[] map = new int[256];
        BitSet gone = new BitSet();
        BitSet once = new BitSet();
        for (int i = 0; i < 256; i++) {
            map[i] = i;
        }
        for (int i = 0; i < from.length(); i++) {
            if (maps) {
                map[from.charAt(i)] = to.charAt(i);
            } else if (deletes) {
                gone.set(from.charAt(i));
            }
        }
        if (squeezes) {
            (sets.size() > 1 ? to : from).chars().forEach(once::set);
        }
        pump(task, map, gone, once);
        return 0;
    }

    private static void pump(Task task, int[] map, BitSet gone, BitSet once) throws IOException {
        InputStream in = task.in();
        byte[] buffer = new byte[8192];
        int last = -1;
        for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int i = 0; i < got; i++) {
                int c = buffer[i] & 0xff;
                if (gone.get(c)) {
                    continue;
                }
                int mapped = map[c];
                if (mapped != last || !once.get(mapped)) {
                    out.write(mapped);
                }
                last = mapped;
            }
            task.out().write(out.toByteArray());
        }
    }

    private static String complaint(List<String> sets, boolean deletes, boolean squeezes) {
        int most = deletes && !squeezes ? 1 : 2;
        if (sets.isEmpty()) {
            return "missing operand";
        }
        if (sets.size() == 1 && deletes == squeezes) {
            return "missing operand after '" + sets.get(0) + "'\n"
                    + (squeezes
                            ? "Two strings must be given when both deleting and squeezing repeats."
                            : "Two strings must be given when translating.");
        }
        if (sets.size() > most) {
            return "extra operand '" + sets.get(most) + "'"
                    + (most == 1 && sets.size() == 2
                            ? "\nOnly one string may be given when deleting without squeezing repeats."
                            : "");
        }
        return "";
    }
}
