package dev.kuar.practice.etcd;

import java.util.Optional;

/** A put, or a removal, where the entry's value is empty. */
public record Event(boolean put, Entry entry, Optional<Entry> previous) {}
