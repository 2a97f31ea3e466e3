package dev.kuar.practice.controller;

/**
 * Brings one object, or what belongs to it, to what is wanted.
 *
 * <p>Level-triggered and idempotent: it reads the state of now, and a missed or repeated call does no harm. The same key is
 * never worked on twice at once. An {@code ApiException} means: again, after a while.
 */
@FunctionalInterface
interface Reconciler {
    Next reconcile(Key key);
}
