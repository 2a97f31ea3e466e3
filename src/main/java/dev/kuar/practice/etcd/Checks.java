package dev.kuar.practice.etcd;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What etcd asks of a request before it looks at its keys. */
final class Checks {
    private static final int MOST_OPERATIONS = 128;

    private Checks() {}

    /** @throws EtcdException where something is missing, too much or twice there */
    static void check(Request request) {
        if (request instanceof Request.Transaction transaction) {
            many(transaction);
            written(transaction.success());
            written(transaction.failure());
            return;
        }
        String key = request instanceof Request.Range range
                ? range.from()
                : request instanceof Request.Put put ? put.key() : ((Request.Delete) request).from();
        if (key.isEmpty()) {
            throw EtcdException.invalid("key is not provided");
        }
        if (request instanceof Request.Put put) {
            if (put.ignoreValue() && put.value().length > 0) {
                throw EtcdException.invalid("value is provided");
            }
            if (put.ignoreLease() && put.lease() != 0) {
                throw EtcdException.invalid("lease is provided");
            }
        }
    }

    private static void many(Request.Transaction transaction) {
        int most = Math.max(
                transaction.compares().size(),
                Math.max(transaction.success().size(), transaction.failure().size()));
        if (most > MOST_OPERATIONS) {
            throw EtcdException.invalid("too many operations in txn request");
        }
        if (transaction.compares().stream().anyMatch(each -> each.key().isEmpty())) {
            throw EtcdException.invalid("key is not provided");
        }
        transaction.success().forEach(Checks::check);
        transaction.failure().forEach(Checks::check);
    }

    /** Keys put, and ranges removed. */
    private record Written(Set<String> puts, List<Request.Delete> deletes) {
        Written() {
            this(new HashSet<>(), new ArrayList<>());
        }

        void add(Written other) {
            puts.addAll(other.puts);
            deletes.addAll(other.deletes);
        }

        boolean collides(Written other) {
            return other.puts.stream().anyMatch(this::touches) || puts.stream().anyMatch(other::touches);
        }

        private boolean touches(String key) {
            return puts.contains(key)
                    || deletes.stream().anyMatch(range -> new KeyRange(range.from(), range.to()).contains(key));
        }
    }

    private static Written written(List<Request> requests) {
        Written all = new Written();
        for (Request request : requests) {
            Written own = new Written();
            if (request instanceof Request.Put put) {
                own.puts().add(put.key());
            } else if (request instanceof Request.Delete delete) {
                own.deletes().add(delete);
            } else if (request instanceof Request.Transaction nested) {
                own.add(written(nested.success()));
                own.add(written(nested.failure()));
            }
            if (all.collides(own)) {
                throw EtcdException.invalid("duplicate key given in txn request");
            }
            all.add(own);
        }
        return all;
    }
}
