/** The inside of a container: images as data, files, processes, a small POSIX-like shell and its tools. Uses object, time. */
@org.jspecify.annotations.NullMarked
package dev.kuar.practice.container;
