package dev.kuar.practice.etcd;

import dev.kuar.practice.store.Store;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * The hash over a history as etcd computes it: the bucket's name, then each revision with its KeyValue, or the key alone where
 * it was removed; of what is compacted only what is a key's newest.
 */
final class HistoryHash {
    private static final int PUT = 17;

    private HistoryHash() {}

    static long of(List<Store.Change> history, long compacted, Function<Store.Entry, byte[]> keyValue) {
        CRC32C crc = new CRC32C();
        crc.update("key".getBytes(StandardCharsets.US_ASCII));
        Map<String, Long> newest = new HashMap<>();
        history.forEach(change -> newest.put(change.key(), change.revision()));
        for (Store.Change change : history) {
            boolean removal = change.now().isEmpty();
            if (change.revision() <= compacted
                    && (removal || newest.getOrDefault(change.key(), 0L) != change.revision())) {
                continue;
            }
            ByteBuffer key = ByteBuffer.allocate(removal ? PUT + 1 : PUT)
                    .putLong(change.revision())
                    .put((byte) '_')
                    .putLong(change.part());
            if (removal) {
                key.put((byte) 't');
            }
            crc.update(key.array());
            crc.update(
                    change.now().map(keyValue).orElseGet(() -> Proto.keyValue(change.key(), 0, 0, 0, new byte[0], 0)));
        }
        return crc.getValue();
    }
}
