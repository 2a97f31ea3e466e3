package dev.kuar.shell.shim;

/** What a call's script is told to do, one order a line; one that has gone hears none. */
@FunctionalInterface
interface Orders {
    void give(String order);
}
