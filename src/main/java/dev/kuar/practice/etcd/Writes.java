package dev.kuar.practice.etcd;

import dev.kuar.practice.store.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way, with what it has written so far: later parts of a transaction see what earlier ones did. Used while
 * nothing else is written.
 */
final class Writes {
    private final Reads reads;
    private final StoreLeases leases;
    private final StoredForm form;
    private final long before;
    private final Map<String, @Nullable Entry> done = new LinkedHashMap<>();
    private final List<Runnable> attachments = new ArrayList<>();

    Writes(Reads reads, StoreLeases leases, StoredForm form) {
        this.reads = reads;
        this.leases = leases;
        this.form = form;
        this.before = reads.revision();
    }

    /** What the store has to do; leases know of it from now on. */
    List<Store.Op> ops() {
        attachments.forEach(Runnable::run);
        List<Store.Op> ops = new ArrayList<>(done.size());
        done.forEach((key, entry) ->
                ops.add(new Store.Op(key, entry == null ? null : form.kept(key, entry.value(), before + 1))));
        return ops;
    }

    Answer answer(Request request) {
        if (request instanceof Request.Range range) {
            return reads.range(range, done, revision());
        }
        if (request instanceof Request.Put put) {
            return put(put);
        }
        if (request instanceof Request.Delete delete) {
            return delete(delete);
        }
        Request.Transaction transaction = (Request.Transaction) request;
        boolean holds = true;
        for (Compare compare : transaction.compares()) {
            holds &= holds(compare);
        }
        List<Answer> answers = new ArrayList<>();
        for (Request each : holds ? transaction.success() : transaction.failure()) {
            answers.add(answer(each));
        }
        return new Answer.Transaction(revision(), holds, answers);
    }

    private long revision() {
        return done.isEmpty() ? before : before + 1;
    }

    private boolean holds(Compare compare) {
        List<Entry> entries = reads.now(compare.key(), compare.to(), Reads.ALL, done);
        return entries.isEmpty() ? compare.holdsWhereAbsent() : entries.stream().allMatch(compare::holds);
    }

    private Answer put(Request.Put put) {
        Entry now = reads.now(put.key(), put.key() + "\0", Reads.ALL, done).stream()
                .findFirst()
                .orElse(null);
        if (now == null && (put.ignoreValue() || put.ignoreLease())) {
            throw EtcdException.invalid("key not found");
        }
        byte[] value = put.ignoreValue() && now != null ? now.value() : put.value();
        long lease = put.ignoreLease() ? leases.of(put.key()) : put.lease();
        leases.check(lease);
        long next = before + 1;
        Entry entry = now == null
                ? new Entry(put.key(), value, next, next, 1, lease)
                : new Entry(put.key(), value, now.createRevision(), next, now.version() + 1, lease);
        write(put.key(), entry);
        attachments.add(() -> leases.attach(put.key(), lease, next));
        return new Answer.Put(next, put.previous() ? Optional.ofNullable(now) : Optional.empty());
    }

    private Answer delete(Request.Delete delete) {
        List<Entry> gone = reads.now(delete.from(), delete.to(), delete.previous() ? Reads.ALL : 0, done);
        for (Entry each : gone) {
            write(each.key(), null);
            attachments.add(() -> leases.attach(each.key(), 0, before + 1));
        }
        return new Answer.Delete(revision(), gone.size(), delete.previous() ? gone : List.of());
    }

    private void write(String key, @Nullable Entry entry) {
        if (done.containsKey(key)) {
            throw EtcdException.invalid("duplicate key given in txn request");
        }
        done.put(key, entry);
    }
}
