package dev.kuar.practice.store;

import java.nio.file.Path;
import java.util.Optional;

/** Opens stores. */
public final class Stores {
    private Stores() {}

    /**
     * Opens the store that lives in {@code directory}, or a new one that lives in memory only.
     *
     * @param directory holds the file {@code store.mv}, made at need; empty for an ephemeral store, which is not durable
     * @throws StoreException when the file cannot be read, is locked by another process or cannot be made
     */
    public static Store open(Optional<Path> directory) {
        return new IndexedStore(directory
                .<Journal>map(d -> new OwnThreadJournal(MvJournal.open(d.resolve("store.mv"))))
                .orElseGet(EphemeralJournal::new));
    }
}
