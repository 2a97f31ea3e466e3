package dev.kuar.practice.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newest chunk of an MVStore file, which a loss of power may leave half written: its blocks reach the disk in any order.
 *
 * <p>MVStore looks at the first and the last bytes of a chunk only. Where it takes such a chunk for whole, blanking it brings
 * back what was synced before.
 */
final class TornEnd {
    private static final int BLOCK = 4096;
    private static final int HEADER = 1024;

    private TornEnd() {}

    /** Overwrites the newest chunk with zeroes; false where there is none. */
    static boolean blank(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long newest = -1;
            long start = 0;
            long blocks = 0;
            for (long at = 0; at < channel.size(); at += BLOCK) {
                Optional<Map<String, Long>> chunk = chunkAt(channel, at);
                long version = chunk.map(each -> each.get("version")).orElse(-1L);
                if (version > newest) {
                    newest = version;
                    start = at;
                    blocks = chunk.orElseThrow().get("len");
                }
            }
            for (long block = 0; block < blocks && start + block * BLOCK < channel.size(); block++) {
                channel.write(ByteBuffer.allocate(BLOCK), start + block * BLOCK);
            }
            channel.force(true);
            return newest >= 0;
        }
    }

    /** The numbers of the chunk that begins at a place of the file, where one does. */
    private static Optional<Map<String, Long>> chunkAt(FileChannel channel, long at) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(HEADER);
        channel.read(buffer, at);
        String text = new String(buffer.array(), StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        if (!text.startsWith("chunk:") || end < 0) {
            return Optional.empty();
        }
        Map<String, Long> numbers = new HashMap<>();
        for (String pair : text.substring(0, end).strip().split(",", -1)) {
            int colon = pair.indexOf(':');
            try {
                numbers.put(pair.substring(0, Math.max(0, colon)), Long.parseUnsignedLong(pair.substring(colon + 1), 16));
            } catch (NumberFormatException other) {
                continue;
            }
        }
        boolean whole = numbers.containsKey("version")
                && numbers.containsKey("len")
                && numbers.containsKey("next");
        return whole ? Optional.of(numbers) : Optional.empty();
    }
}
