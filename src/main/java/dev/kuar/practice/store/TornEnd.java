package dev.kuar.practice.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The newest chunk of an MVStore file, which a loss of power may leave half written: its blocks reach the disk in any order.
 *
 * <p>MVStore looks at the first and the last bytes of a chunk only. Where it takes such a chunk for whole, blanking it brings
 * back what was synced before.
 */
final class TornEnd {
    private static final int BLOCK = 4096;
    private static final int HEADER = 1024;
    /** Hexadecimal, with whatever else stands in the line. */
    private static final Pattern HEAD =
            Pattern.compile("chunk:[0-9a-f]+,len:([0-9a-f]{1,15}),.*version:([0-9a-f]{1,15}),.*\\n");

    private TornEnd() {}

    /** What the first line of a chunk says. */
    private record Chunk(long version, long blocks) {}

    /** Overwrites the newest chunk with zeroes; false where there is none. */
    static boolean blank(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Chunk newest = new Chunk(-1, 0);
            long start = 0;
            for (long at = 0; at < channel.size(); at += BLOCK) {
                Optional<Chunk> chunk = chunkAt(channel, at);
                if (chunk.isPresent() && chunk.get().version() > newest.version()) {
                    newest = chunk.get();
                    start = at;
                }
            }
            long end = Math.min(channel.size(), start + newest.blocks() * BLOCK);
            for (long at = start; at < end; at += BLOCK) {
                channel.write(ByteBuffer.allocate(BLOCK), at);
            }
            channel.force(true);
            return newest.version() >= 0;
        }
    }

    private static Optional<Chunk> chunkAt(FileChannel channel, long at) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(HEADER);
        channel.read(buffer, at);
        String text = new String(buffer.array(), StandardCharsets.ISO_8859_1);
        Matcher line = HEAD.matcher(text);
        return line.lookingAt()
                ? Optional.of(new Chunk(Long.parseLong(line.group(2), 16), Long.parseLong(line.group(1), 16)))
                : Optional.empty();
    }
}
