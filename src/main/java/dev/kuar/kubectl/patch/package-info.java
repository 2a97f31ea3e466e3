/** Three-way and strategic patches, as kubectl apply makes them. */
@org.jspecify.annotations.NullMarked
package dev.kuar.kubectl.patch;
