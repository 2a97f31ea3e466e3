/**
 * The inside of a container: images as data, files, processes, a small POSIX-like shell and its tools. Door: {@code
 * ContainerRuntime}. Uses network, extension, object, time and the packages of the servers that it runs.
 *
 * <p>Intentional: a process that only waits (a sleep, a server, a pause) has no thread; a shell script that ends in such
 * a command becomes it, as ash does.
 */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.container;
