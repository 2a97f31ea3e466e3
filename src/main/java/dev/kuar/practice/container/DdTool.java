package dev.kuar.practice.container;

import dev.kuar.practice.container.Inode.DeviceNode;
import dev.kuar.practice.container.Inode.FileNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * {@code dd}: copies blocks.
 *
 * <p>Zeros take no memory of ours, however many; of a copy of anything else at most 16 MiB are held. What has no end, as
 * {@code /dev/zero} without a count, is copied until it is stopped: to a file a gibibyte a second, to nowhere as fast as the CPU goes.
 */
final class DdTool implements Tool {
    private static final long RATE = 1L << 30;
    private static final int MOST_HELD = 16 << 20;

    @Override
    public int run(Task task) throws IOException, InterruptedException {
        Map<String, String> words = new HashMap<>();
        for (String arg : SystemTools.arguments(task)) {
            int equals = arg.indexOf('=');
            if (equals < 0) {
                return task.fail(1, "unrecognized operand '" + arg + "'");
            }
            words.put(arg.substring(0, equals), arg.substring(equals + 1));
        }
        long block = number(words.getOrDefault("bs", words.getOrDefault("ibs", "512")));
        long count = words.containsKey("count") ? number(words.get("count")) : -1;
        if (block <= 0) {
            return task.fail(1, "invalid number '" + words.getOrDefault("bs", "") + "'");
        }
        task.container().allocate(block);
        String from = words.getOrDefault("if", "");
        String to = words.getOrDefault("of", "");
        try {
            return copy(task, words, block, count, from, to);
        } catch (FileError e) {
            return task.fail(
                    1,
                    (Options.gnu(task) ? "failed to open '" : "can't open '")
                            + (e.path().isEmpty() ? to : e.path()) + "': " + e.words());
        }
    }

    private static int copy(Task task, Map<String, String> words, long block, long count, String from, String to)
            throws IOException, InterruptedException {
        boolean zeros = from.equals("/dev/zero");
        boolean noise = from.matches("/dev/u?random");
        boolean nowhere = to.matches("/dev/(null|zero|full)");
        if ((zeros || noise) && count < 0) {
            return endless(task, to, nowhere);
        }
        byte[] data = {};
        long length = zeros || noise ? Math.multiplyExact(block, count) : 0;
        if (!zeros && !noise) {
            byte[] all = from.isEmpty() ? task.readAllInput() : task.files().read(from);
            long skip = Math.min(all.length, number(words.getOrDefault("skip", "0")) * block);
            long most = count < 0 ? all.length - skip : Math.min(all.length - skip, block * count);
            data = Arrays.copyOfRange(all, (int) skip, (int) (skip + most));
            length = data.length;
        } else if (noise) {
            data = new byte[(int) Math.min(length, MOST_HELD)];
            new java.util.Random(length).nextBytes(data);
        }
        if (task.isOver()) {
            return 0;
        }
        if (to.isEmpty()) {
            task.out().write(zeros ? new byte[(int) Math.min(length, MOST_HELD)] : data);
        } else if (!nowhere) {
            charge(task, to, length);
            long seek = number(words.getOrDefault("seek", "0")) * block;
            write(
                    task,
                    to,
                    seek,
                    data,
                    length - data.length,
                    words.getOrDefault("conv", "").contains("notrunc"));
        }
        return tell(task, words.getOrDefault("status", ""), block, length);
    }

    private static void write(Task task, String path, long seek, byte[] data, long zeros, boolean keep)
            throws IOException {
        Inode node = task.files().open(path, !keep && seek == 0);
        if (!(node instanceof FileNode file)) {
            task.save(path, data);
            return;
        }
        long before = file.size();
        byte[] old = file.data();
        boolean bare = old.length == file.zeros() || file.size() == 0 || old.length == 0;
        long end = seek + data.length + zeros;
        if (data.length == 0 && (bare || seek >= before)) {
            byte[] head = bare ? new byte[0] : old;
            file.setData(head);
            file.setZeros(Math.max(end, keep ? before : 0) - head.length);
            return;
        }
        byte[] whole =
                Arrays.copyOf(old, (int) Math.max(Math.min(old.length, keep ? old.length : seek), seek + data.length));
        System.arraycopy(data, 0, whole, (int) seek, data.length);
        file.setData(whole);
        file.setZeros(Math.max(0, end - whole.length));
    }

    /** Files in memory count for the container. */
    private static void charge(Task task, String path, long bytes) {
        Mount mount = task.files().tree().mountOf(task.files().absolute(path));
        if (mount != null && mount.type().equals("tmpfs")) {
            task.container().allocate(bytes);
        }
    }

    private static int endless(Task task, String to, boolean nowhere) throws IOException, InterruptedException {
        Processor.Circles circles = task.container().processor().circles();
        Inode node =
                to.isEmpty() || nowhere ? new DeviceNode("null") : task.files().open(to, true);
        while (!task.isOver()) {
            if (node instanceof FileNode file) {
                task.container().clock().sleep(Duration.ofMillis(100));
                charge(task, to, RATE / 10);
                file.setZeros(file.zeros() + RATE / 10);
            } else {
                circles.turn();
            }
        }
        throw new InterruptedException();
    }

    private static int tell(Task task, String status, long block, long length) throws IOException {
        if (status.equals("none")) {
            return 0;
        }
        String records = length / block + "+" + (length % block > 0 ? 1 : 0) + " records ";
        task.printError(records + "in\n" + records + "out\n");
        if (status.equals("noxfer")) {
            return 0;
        }
        double seconds = Math.max(1e-6, (double) length / RATE);
        String rate = DuTool.tenths((long) (length / seconds));
        boolean gnu = task.container().spec().image().flavour().equals("gnu");
        task.printError(
                gnu
                        ? String.format(
                                Locale.ROOT,
                                "%d bytes%s copied, %.6g s, %s/s%n",
                                length,
                                length < 1024 ? "" : " (" + decimal(length) + ", " + binary(length) + ")",
                                seconds,
                                decimal((long) (length / seconds)))
                        : String.format(
                                Locale.ROOT,
                                "%d bytes (%sB) copied, %f seconds, %sB/s%n",
                                length,
                                length < 1024 ? length : DuTool.tenths(length),
                                seconds,
                                rate));
        return 0;
    }

    private static String decimal(long bytes) {
        double figure = bytes;
        int unit = 0;
        while (figure >= 1000 && unit < 4) {
            figure /= 1000;
            unit++;
        }
        String number = unit == 0 || figure >= 10 ? "%.0f" : "%.1f";
        return String.format(Locale.ROOT, number, figure) + new String[] {" B", " kB", " MB", " GB", " TB"}[unit];
    }

    private static String binary(long bytes) {
        double figure = bytes;
        int unit = 0;
        while (figure >= 1024 && unit < 4) {
            figure /= 1024;
            unit++;
        }
        String number = unit == 0 || figure >= 10 ? "%.0f" : "%.1f";
        return String.format(Locale.ROOT, number, figure) + new String[] {" B", " KiB", " MiB", " GiB", " TiB"}[unit];
    }

    /** As dd reads it: {@code 512}, {@code 1k}, {@code 1M}, {@code 1MB}, {@code 2G}; -1 for anything else. */
    private static long number(String text) {
        String digits = text.replaceFirst("[a-zA-Z]*$", "");
        if (!digits.matches("\\d{1,12}")) {
            return -1;
        }
        String unit = text.substring(digits.length());
        boolean thousands = unit.length() == 2 && unit.endsWith("B");
        int power = unit.isEmpty() ? 0 : "cKMGT".indexOf(Character.toUpperCase(unit.charAt(0)));
        if (unit.startsWith("c") || power < 0) {
            return Long.parseLong(digits) * (unit.equals("b") ? 512 : 1);
        }
        long times = 1;
        for (int i = 0; i < power; i++) {
            times *= thousands ? 1000 : 1024;
        }
        return Long.parseLong(digits) * times;
    }
}
