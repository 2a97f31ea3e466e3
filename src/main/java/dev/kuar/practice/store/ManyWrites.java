package dev.kuar.practice.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Writes of several keys at one revision, decided on when nothing else is written. */
final class ManyWrites extends PendingWrite {
    private final Supplier<List<Store.Op>> decision;

    ManyWrites(Supplier<List<Store.Op>> decision) {
        this.decision = decision;
    }

    @Override
    List<LogRecord> records(long revision, KeyIndex index) {
        List<LogRecord> records = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (Store.Op op : decision.get()) {
            if (!keys.add(op.key())) {
                throw new IllegalArgumentException(op.key() + " is written twice at one revision");
            }
            Store.Entry now = newest(index, op.key());
            byte[] value = op.value();
            if (value != null) {
                records.add(put(revision, records.size(), op.key(), now, value));
            } else if (now != null) {
                records.add(LogRecord.removal(revision, records.size(), op.key()));
            }
        }
        return records;
    }
}
